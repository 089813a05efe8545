import { percentile, sortedValues } from '../metrics/statistics/percentile.ts';
import { elapsedOnAxisMs } from './axis.ts';
import { countBelow, countUpTo } from './sortedNumbers.ts';
import type { Stretch, TimelineSession } from './timelineSession.ts';

/** Percentiles of times in real milliseconds; null where there are none. */
export interface TimeFigures {
  count: number;
  p50: number;
  p90: number;
  p95: number;
  max: number;
}

/** What happened in a stretch of one session. */
export interface AreaFigures {
  /** Milliseconds on the axis. */
  stretch: Stretch;
  deltas: number;
  deltasWithText: number;
  /** Characters the deltas added. */
  characters: number;
  /** Words of the final text that were first shown here. */
  words: number;
  /** Between deltas with text that both arrived here (`idl`). */
  gaps: TimeFigures | null;
  /** Of the words whose text arrived here (`wel`). */
  lags: TimeFigures | null;
  /** Reference words that end here; null without word times. */
  reference: ReferenceFigures | null;
  /** Milliseconds of audio sent here. */
  audioSentMs: number;
  /** That reach into it. */
  stalls: number;
  /** Deltas that took words back (`revision_events`). */
  revisions: number;
}

export interface ReferenceFigures {
  words: number;
  equal: number;
  substituted: number;
  deleted: number;
}

/** Statistics of the stretch, both ends included. */
export function areaFigures(session: TimelineSession, stretch: Stretch): AreaFigures {
  const { chunks, stalls, words } = session;
  const isInside = (atMs: number) => atMs >= stretch.startMs && atMs <= stretch.endMs;
  let audioSentMs = 0;
  chunks.sentMs.forEach((sentMs, chunk) => {
    if (isInside(sentMs)) audioSentMs += chunks.endMs[chunk]! - chunks.startMs[chunk]!;
  });
  return {
    stretch,
    ...deltaFigures(session, stretch),
    words: words.filter(({ firstMs }) => isInside(firstMs)).length,
    lags: timeFigures(
      session.lags
        .filter(({ arrivalMs }) => isInside(arrivalMs))
        .map(({ endMs, arrivalMs }) => elapsedOnAxisMs(session, endMs, arrivalMs)),
    ),
    reference: referenceFigures(session, isInside),
    audioSentMs,
    stalls: stalls.filter(
      ({ startMs, endMs }) => startMs < stretch.endMs && endMs > stretch.startMs,
    ).length,
  };
}

type DeltaFigures = Pick<
  AreaFigures,
  'deltas' | 'deltasWithText' | 'characters' | 'gaps' | 'revisions'
>;

function deltaFigures(session: TimelineSession, { startMs, endMs }: Stretch): DeltaFigures {
  const { atMs, texts, hasText, erasedWords } = session.deltas;
  const first = countBelow(atMs, startMs);
  const end = Math.max(first, countUpTo(atMs, endMs));
  const textTimesMs: number[] = [];
  const gapsMs: number[] = [];
  let characters = 0;
  let revisions = 0;
  for (let delta = first; delta < end; delta++) {
    characters += Array.from(texts[delta]!).length;
    if (erasedWords[delta]! > 0) revisions++;
    if (hasText[delta] === 0) continue;
    const beforeMs = textTimesMs.at(-1);
    if (beforeMs !== undefined) gapsMs.push(elapsedOnAxisMs(session, beforeMs, atMs[delta]!));
    textTimesMs.push(atMs[delta]!);
  }
  return {
    deltas: end - first,
    deltasWithText: textTimesMs.length,
    characters,
    gaps: timeFigures(gapsMs),
    revisions,
  };
}

function referenceFigures(
  { referenceWords }: TimelineSession,
  isInside: (atMs: number) => boolean,
): ReferenceFigures | null {
  if (referenceWords === null) return null;
  const inside = referenceWords.filter(({ endMs }) => isInside(endMs));
  const count = (operation: string) => inside.filter((word) => word.operation === operation).length;
  return {
    words: inside.length,
    equal: count('equal'),
    substituted: count('substitute'),
    deleted: count('delete'),
  };
}

function timeFigures(timesMs: readonly number[]): TimeFigures | null {
  if (timesMs.length === 0) return null;
  const sorted = sortedValues(timesMs);
  return {
    count: sorted.length,
    p50: percentile(sorted, 0.5)!,
    p90: percentile(sorted, 0.9)!,
    p95: percentile(sorted, 0.95)!,
    max: sorted.at(-1)!,
  };
}
