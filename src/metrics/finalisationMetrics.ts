import type { Micros } from '../trace/sessionTrace.ts';
import { elapsedMs, isMissing, missing, type Measured, type Missing } from './missingValue.ts';
import { commitUs, type SessionTimeline } from './sessionTimeline.ts';

export interface FinalisationMetrics {
  ttfs: Measured;
  ttfs_first_final: Measured;
  ttfs_first_partial: Measured;
  finalize_latency: Measured;
  tail_latency: Measured;
  audio_to_final: Measured;
  ttlt: Measured;
  early_final: Measured<boolean>;
  done_without_text: Measured<boolean>;
}

/** How long the last words took once they were spoken, sent or committed. */
export function finalisationMetrics(timeline: SessionTimeline): FinalisationMetrics {
  const { trace, replay, firstSendUs, lastSendUs, lastTextUs, doneUs, finalUs } = timeline;
  const spokenEndUs = isMissing(timeline.spoken) ? timeline.spoken : timeline.spoken.endUs;
  const { finals } = replay;
  return {
    ttfs: elapsedMs(spokenEndUs, finalUs),
    ttfs_first_final: elapsedMs(spokenEndUs, firstFinalSince(timeline, spokenEndUs)),
    ttfs_first_partial: elapsedMs(spokenEndUs, firstTextSince(timeline, spokenEndUs)),
    finalize_latency: elapsedMs(commitUs(trace, 'final') ?? missing('no_commit'), finalUs),
    tail_latency: elapsedMs(audioEndUs(timeline), doneUs),
    audio_to_final: elapsedMs(firstSendUs, doneUs),
    ttlt: elapsedMs(lastSendUs, lastTextUs),
    early_final: earlyFinal(timeline, spokenEndUs),
    done_without_text:
      finals.length === 0 ? missing('no_final') : finals.every((final) => final.blank),
  };
}

/** W(D) of the audio that was sent, once all of it was. */
function audioEndUs({ clock, lastSendUs, sentMs }: SessionTimeline): Micros | Missing {
  if (isMissing(clock)) return clock;
  return isMissing(lastSendUs) ? lastSendUs : clock.wallUs(sentMs);
}

function firstFinalSince({ replay }: SessionTimeline, sinceUs: Micros | Missing): Micros | Missing {
  if (isMissing(sinceUs)) return sinceUs;
  const found = replay.finals.find((final) => final.atUs >= sinceUs);
  return found?.atUs ?? missing(replay.finals.length > 0 ? 'no_final_after_speech' : 'no_final');
}

/** The first delta or final with text of its own. */
function firstTextSince(timeline: SessionTimeline, sinceUs: Micros | Missing): Micros | Missing {
  if (isMissing(sinceUs)) return sinceUs;
  const { textDeltas, replay } = timeline;
  const texts = [...textDeltas, ...replay.finals.filter((final) => !final.blank)];
  const times = texts.map((text) => text.atUs).filter((atUs) => atUs >= sinceUs);
  if (texts.length === 0) return missing('no_text');
  return times.length === 0
    ? missing('no_text_after_speech')
    : times.reduce((first, atUs) => Math.min(first, atUs));
}

function earlyFinal({ replay }: SessionTimeline, spokenEndUs: Micros | Missing): Measured<boolean> {
  if (isMissing(spokenEndUs)) return spokenEndUs;
  const finals = replay.finals.filter((final) => final.hasText);
  if (finals.length === 0) return missing('no_final');
  return finals.some((final) => final.atUs < spokenEndUs);
}
