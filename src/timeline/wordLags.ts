import { isMissing, missingReasons } from '../metrics/missingValue.ts';
import type { Missing, MissingReason } from '../metrics/missingValue.ts';
import type { SessionTimeline } from '../metrics/sessionTimeline.ts';
import type { MatchedWord } from '../metrics/wordLatency.ts';
import type { TimelineAxis } from './axis.ts';
import type { TimelineSession } from './timelineSession.ts';

/** From the end of each recognised reference word to when it was shown (`wel`), by arrival. */
export function wordLags(
  { clock, utterance }: SessionTimeline,
  matched: MatchedWord[] | Missing,
  axis: TimelineAxis,
): Pick<TimelineSession, 'lags' | 'noLags'> {
  if (isMissing(clock)) return withoutLags(clock.missing);
  if (isMissing(matched)) return withoutLags(matched.missing);
  const lags = matched.map(({ wordIndex, endMs, firstUs }) => ({
    endMs,
    arrivalMs: axis.toMs(firstUs),
    text: utterance.words![wordIndex]!.text,
  }));
  return { lags: lags.sort((a, b) => a.arrivalMs - b.arrivalMs), noLags: null };
}

function withoutLags(reason: MissingReason): Pick<TimelineSession, 'lags' | 'noLags'> {
  const text = missingReasons[reason];
  return { lags: [], noLags: `${text[0]!.toUpperCase()}${text.slice(1)}.` };
}
