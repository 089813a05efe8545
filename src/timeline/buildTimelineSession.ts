import type { Utterance } from '../dataset/utterance.ts';
import { isMissing } from '../metrics/missingValue.ts';
import { isCompleted, sessionStatus } from '../metrics/sessionStatus.ts';
import { sessionTimeline, type SessionTimeline } from '../metrics/sessionTimeline.ts';
import type { HeadlineRate } from '../metrics/text/chooseProfile.ts';
import { headlineRate } from '../metrics/text/headlineRate.ts';
import { matchedWords } from '../metrics/wordLatency.ts';
import type { SessionTrace } from '../trace/sessionTrace.ts';
import { timelineAxis } from './axis.ts';
import { axisRange } from './axisRange.ts';
import { chunkColumns } from './chunkColumns.ts';
import { deltaColumns } from './deltaColumns.ts';
import { figures, type ErrorRateFigure } from './figures.ts';
import { markers } from './markers.ts';
import { referenceWords } from './referenceWords.ts';
import { sessionEvents } from './sessionEvents.ts';
import { sessionWords } from './sessionWords.ts';
import { shownWords } from './shownWords.ts';
import { stalls } from './stalls.ts';
import type { TimelineSession } from './timelineSession.ts';
import type { UnitsOf } from './unitPlaces.ts';
import { wordLags } from './wordLags.ts';

/** What tells a lane from others. */
export type LaneIdentity = Pick<
  TimelineSession,
  'key' | 'endpoint' | 'utterance' | 'repeat' | 'run' | 'audioKey'
>;

/** The error rate to show and the units it counts, so that it and the words marked wrong agree. */
export interface Scoring {
  rate: HeadlineRate;
  unitsOf: UnitsOf;
}

export interface TimelineInput {
  identity: LaneIdentity;
  trace: SessionTrace;
  utterance: Utterance;
  /** Of the utterance's audio. */
  durationMs: number;
  /** The session still runs, and its trace holds what there is so far. */
  live: boolean;
  /** How the text is scored. Without, it is not, and words are compared in light form. */
  scoring?: Scoring | null;
}

/** A session as the timeline draws it. Time is linear in the trace; docs/metrics.md defines all. */
export function buildTimelineSession(input: TimelineInput): TimelineSession {
  const { identity, trace, utterance, durationMs, live, scoring = null } = input;
  const timeline = sessionTimeline(trace, utterance);
  const axis = timelineAxis(trace);
  const { speed, clockNote } = axis;
  const status = sessionStatus(trace.failure, !isMissing(timeline.firstTextUs));
  const heard = live ? heardSoFar(timeline) : timeline;
  const isCompared = !live && isCompleted(status);
  const words = sessionWords(heard, isCompared, scoring?.unitsOf ?? null);
  const matched = matchedWords(heard);
  const errorRate = isCompared && scoring ? errorRateOf(timeline, scoring) : null;
  const session = {
    ...identity,
    status: live ? ('live' as const) : status,
    audioMs: durationMs,
    speed,
    clockNote,
    chunks: chunkColumns(trace, axis),
    deltas: deltaColumns(timeline, axis),
    reference: utterance.reference,
    referenceWords: referenceWords(utterance, words),
    words: shownWords(timeline, words, axis),
    ...wordLags(heard, matched, axis),
    stalls: stalls(timeline, axis),
    events: sessionEvents(trace, axis),
    markers: markers(timeline, axis, live),
    figures: figures({ timeline, matched, live, errorRate }),
    failure: trace.failure?.message ?? null,
  };
  return { ...session, range: axisRange(session) };
}

/** Null where there is no reference, or nothing to divide by. */
function errorRateOf(
  { utterance, replay }: SessionTimeline,
  { rate, unitsOf }: Scoring,
): ErrorRateFigure | null {
  if (utterance.reference === null) return null;
  const value = headlineRate(utterance.reference, replay.text, unitsOf);
  return value === null ? null : { id: rate, value };
}

/** The session without the reference words that cannot have been recognised yet. */
function heardSoFar(timeline: SessionTimeline): SessionTimeline {
  const { utterance, sentMs } = timeline;
  const words = utterance.words?.filter((word) => word.startMs < sentMs) ?? null;
  return { ...timeline, utterance: { ...utterance, words } };
}
