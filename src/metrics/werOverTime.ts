import type { Micros } from '../trace/sessionTrace.ts';
import { applyEdit, displayedTextAt } from './displayedText.ts';
import { isMissing, missing, type Measured, type Missing } from './missingValue.ts';
import type { SessionTimeline } from './sessionTimeline.ts';

/** Word error rate of a hypothesis against a reference that was fixed before. */
export type WordErrorRate = (hypothesis: string) => number;

/** Fixes the reference, so that it is normalised once; null where it has no words to count. */
export type WordErrorRateAgainst = (reference: string) => WordErrorRate | null;

export interface WerOverTimeMetrics {
  wer_at_0: Measured;
  wer_at_200: Measured;
  wer_at_500: Measured;
  wer_at_1000: Measured;
  time_to_final_wer: Measured;
}

/** From `fromMs` after the end of speech on (negative: before it), the text scored `wer`. */
export interface WerStep {
  fromMs: number;
  wer: number;
}

/** Where the curve of the error rate begins and ends, relative to the end of speech. */
export const werCurveSpanMs = { from: -500, to: 3000 } as const;

/**
 * wer_at(tau): the error rate of what was displayed tau after the end of speech.
 *
 * @param against null where it is not known how texts are made comparable
 */
export function werOverTimeMetrics(
  timeline: SessionTimeline,
  against: WordErrorRateAgainst | null,
): WerOverTimeMetrics {
  if (against === null) return withoutWer(missing('unknown_text_profile'));
  const judged = judge(timeline, against);
  if (isMissing(judged)) return withoutWer(judged);
  const { endUs, wer } = judged;
  const at = (tauMs: number) => wer(displayedTextAt(timeline.replay.edits, endUs + tauMs * 1000));
  return {
    wer_at_0: at(0),
    wer_at_200: at(200),
    wer_at_500: at(500),
    wer_at_1000: at(1000),
    time_to_final_wer: timeToFinalWer(timeline, judged),
  };
}

/** The step function of wer_at over {@link werCurveSpanMs}, for plotting. */
export function werCurve(
  timeline: SessionTimeline,
  against: WordErrorRateAgainst,
): WerStep[] | Missing {
  const judged = judge(timeline, against);
  if (isMissing(judged)) return judged;
  const toUs = judged.endUs + werCurveSpanMs.to * 1000;
  return displaysSince(timeline, judged.endUs + werCurveSpanMs.from * 1000)
    .filter((display) => display.atUs <= toUs)
    .map(({ atUs, text }) => ({ fromMs: (atUs - judged.endUs) / 1000, wer: judged.wer(text) }));
}

/** partial_wer(t): what was displayed at `atUs`, against the reference words spoken by then. */
export function partialWerAt(
  timeline: SessionTimeline,
  against: WordErrorRateAgainst,
  atUs: Micros,
): Measured {
  const { clock, utterance, replay } = timeline;
  if (isMissing(clock)) return clock;
  if (utterance.words === null) return missing('no_word_times');
  const spokenMs = clock.audioMs(atUs);
  const spoken = utterance.words.filter((word) => word.endMs <= spokenMs);
  const reference = spoken.map((word) => word.text).join(' ');
  return against(reference)?.(displayedTextAt(replay.edits, atUs)) ?? missing('empty_reference');
}

interface Judged {
  /** W(epsilon) */
  endUs: Micros;
  wer: WordErrorRate;
}

function judge(timeline: SessionTimeline, against: WordErrorRateAgainst): Judged | Missing {
  const { spoken, utterance } = timeline;
  if (utterance.reference === null) return missing('no_reference');
  if (isMissing(spoken)) return spoken;
  const wer = against(utterance.reference);
  return wer ? { endUs: spoken.endUs, wer } : missing('empty_reference');
}

function withoutWer(reason: Missing): WerOverTimeMetrics {
  return {
    wer_at_0: reason,
    wer_at_200: reason,
    wer_at_500: reason,
    wer_at_1000: reason,
    time_to_final_wer: reason,
  };
}

interface Display {
  atUs: Micros;
  text: string;
}

/** The text displayed at `sinceUs` and after each later change of its words. */
function displaysSince({ replay, rawSteps }: SessionTimeline, sinceUs: Micros): Display[] {
  const changes = new Set(rawSteps.map((step) => step.editIndex));
  let text = '';
  let displays: Display[] = [{ atUs: sinceUs, text }];
  replay.edits.forEach((edit, index) => {
    text = applyEdit(text, edit);
    if (edit.atUs <= sinceUs) displays = [{ atUs: sinceUs, text }];
    else if (changes.has(index)) displays.push({ atUs: edit.atUs, text });
  });
  return displays;
}

/**
 * The smallest tau after which wer_at never changes. The curve begins at -500 ms: that value
 * means "final by then".
 */
function timeToFinalWer(timeline: SessionTimeline, { endUs, wer }: Judged): Measured {
  if (isMissing(timeline.firstTextUs)) return timeline.firstTextUs;
  const displays = displaysSince(timeline, endUs + werCurveSpanMs.from * 1000);
  const last = displays.at(-1)!;
  const finalWer = wer(last.text);
  const before = displays.findLastIndex((display) => wer(display.text) !== finalWer);
  return (displays[before + 1]!.atUs - endUs) / 1000;
}
