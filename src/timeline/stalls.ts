import { isMissing } from '../metrics/missingValue.ts';
import type { SessionTimeline, SpeechTimes } from '../metrics/sessionTimeline.ts';
import type { TimelineAxis } from './axis.ts';
import type { Stretch } from './timelineSession.ts';

/** A gap between texts longer than this is a stall: what `stall_count` takes by default. */
export const stallMs = 1000;

/**
 * The gaps that `stall_count` counts: those between changes of the shown words of which more than
 * {@link stallMs} lies within the speech. Where it is not known when the speech was, within the
 * time in which audio was sent.
 */
export function stalls(timeline: SessionTimeline, axis: TimelineAxis): Stretch[] {
  const span = isMissing(timeline.spoken) ? sendingTimes(timeline) : timeline.spoken;
  if (span === null) return [];
  const times = timeline.rawSteps.map(({ atUs }) =>
    Math.min(Math.max(atUs, span.startUs), span.endUs),
  );
  return times.slice(1).flatMap((endUs, index) => {
    const startUs = times[index]!;
    if ((endUs - startUs) / 1000 <= stallMs) return [];
    return [{ startMs: axis.toMs(startUs), endMs: axis.toMs(endUs) }];
  });
}

function sendingTimes({ trace }: SessionTimeline): SpeechTimes | null {
  const first = trace.chunks.at(0);
  const last = trace.chunks.at(-1);
  return first && last ? { startUs: first.sentUs, endUs: last.sentUs } : null;
}
