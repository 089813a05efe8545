import { isMissing, missing, type Measured, type Missing } from './missingValue.ts';
import type { SessionTimeline } from './sessionTimeline.ts';
import { wordEmissions } from './wordEmission.ts';
import { lightForm, wordsOf } from './wordForms.ts';

/** Latency measures of simultaneous interpretation, as in SimulEval's latency scorers. */
export interface DelayMetrics {
  al: number;
  laal: number;
  ap: number;
  dal: number;
  start_offset: number;
  end_offset: number;
}

export interface SimultaneousMetrics {
  al: Measured;
  laal: Measured;
  ap: Measured;
  dal: Measured;
  start_offset: Measured;
  end_offset: Measured;
  al_ca: Measured;
  laal_ca: Measured;
  dal_ca: Measured;
  start_offset_ca: Measured;
  end_offset_ca: Measured;
}

/**
 * @param delaysMs d_i: audio sent (or time passed) when word i was shown; at least one
 * @param audioMs X
 * @param referenceWords Y, at least 1
 */
export function delayMetrics(
  delaysMs: readonly number[],
  audioMs: number,
  referenceWords: number,
): DelayMetrics {
  const sum = delaysMs.reduce((total, delay) => total + delay, 0);
  return {
    al: averageLagging(delaysMs, audioMs, referenceWords),
    laal: averageLagging(delaysMs, audioMs, Math.max(referenceWords, delaysMs.length)),
    ap: sum / (audioMs * referenceWords),
    dal: differentiableAverageLagging(delaysMs, audioMs),
    start_offset: delaysMs[0]!,
    end_offset: delaysMs.at(-1)! - audioMs,
  };
}

/** The same measures for a session: by the audio sent, and computation-aware (`_ca`). */
export function simultaneousMetrics(timeline: SessionTimeline): SimultaneousMetrics {
  const inputs = delays(timeline);
  if (isMissing(inputs)) return withoutDelays(inputs);
  const { sentMs: audioMs } = timeline;
  const plain = delayMetrics(inputs.sentMs, audioMs, inputs.referenceWords);
  const aware = delayMetrics(inputs.elapsedMs, audioMs, inputs.referenceWords);
  return {
    ...plain,
    al_ca: aware.al,
    laal_ca: aware.laal,
    dal_ca: aware.dal,
    start_offset_ca: aware.start_offset,
    end_offset_ca: aware.end_offset,
  };
}

interface Delays {
  sentMs: number[];
  elapsedMs: number[];
  referenceWords: number;
}

function delays(timeline: SessionTimeline): Delays | Missing {
  const { clock, trace, utterance, lightSteps } = timeline;
  if (isMissing(clock)) return clock;
  if (utterance.reference === null) return missing('no_reference');
  const referenceWords = wordsOf(utterance.reference, lightForm).length;
  if (referenceWords === 0) return missing('empty_reference');
  if (timeline.sentMs === 0) return missing('no_audio_sent');
  const times = wordEmissions(lightSteps).map((emission) => emission.firstUs);
  if (times.length === 0) return missing('no_text');
  const originUs = trace.audio.originUs ?? 0;
  return {
    sentMs: times.map((atUs) => clock.sentMs(atUs)),
    elapsedMs: times.map((atUs) => (atUs - originUs) / 1000),
    referenceWords,
  };
}

function withoutDelays(reason: Missing): SimultaneousMetrics {
  return {
    al: reason,
    laal: reason,
    ap: reason,
    dal: reason,
    start_offset: reason,
    end_offset: reason,
    al_ca: reason,
    laal_ca: reason,
    dal_ca: reason,
    start_offset_ca: reason,
    end_offset_ca: reason,
  };
}

function averageLagging(delaysMs: readonly number[], audioMs: number, words: number): number {
  const atEnd = delaysMs.findIndex((delay) => delay >= audioMs);
  const counted = atEnd === -1 ? delaysMs : delaysMs.slice(0, atEnd + 1);
  const lags = counted.map((delay, index) => delay - (index * audioMs) / words);
  return lags.reduce((total, lag) => total + lag, 0) / counted.length;
}

function differentiableAverageLagging(delaysMs: readonly number[], audioMs: number): number {
  const wordMs = audioMs / delaysMs.length;
  let previous = -Infinity;
  let sum = 0;
  delaysMs.forEach((delay, index) => {
    previous = Math.max(delay, previous + wordMs);
    sum += previous - index * wordMs;
  });
  return sum / delaysMs.length;
}
