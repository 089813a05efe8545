import type { TimelineSession } from '../../../src/timeline/timelineSession.ts';
import { lastAtMost, nearestWithin } from './columnSearch.ts';
import { laneColumns, referenceColumns, type StretchColumns } from './laneColumns.ts';
import type { TrackKind } from './layout.ts';

/** A thing of a lane under the pointer, by its place in the lane's lists. */
export type Hit = {
  kind: 'delta' | 'word' | 'reference' | 'event' | 'chunk' | 'lag';
  place: number;
} | null;

/** How close the pointer has to be to what has no width, CSS pixels. */
const reachPx = 5;

/**
 * What of a lane lies at a time on a track.
 *
 * @param msPerPx of the view, for things narrower than a pointer
 */
export function hitTest(
  kind: TrackKind,
  session: TimelineSession,
  atMs: number,
  msPerPx: number,
): Hit {
  const columns = laneColumns(session);
  const near = (column: Float64Array, name: 'event' | 'chunk' | 'lag'): Hit => {
    const place = nearestWithin(column, atMs, reachPx * msPerPx);
    return place < 0 ? null : { kind: name, place };
  };
  switch (kind) {
    case 'deltas':
    case 'gaps':
      return deltaHit(session, atMs, kind === 'gaps');
    case 'words':
      return stretchHit('word', columns.words, atMs, msPerPx);
    case 'reference':
      return session.referenceWords
        ? stretchHit('reference', referenceColumns(session.referenceWords), atMs, msPerPx)
        : null;
    case 'events':
      return near(columns.eventMs, 'event');
    case 'chunks':
      return near(session.chunks.sentMs, 'chunk');
    case 'lag':
      return near(columns.lags.atMs, 'lag');
    case 'waveform':
    case 'header':
    case 'legend':
      return null;
  }
}

/**
 * The delta whose text was the last by a time; of a gap, the one that ended it. Blank ones count
 * only where no text came.
 */
function deltaHit(session: TimelineSession, atMs: number, endsGap: boolean): Hit {
  const { isBlank, nextMs } = laneColumns(session).deltas;
  let place = lastAtMost(session.deltas.atMs, atMs);
  while (place > 0 && isBlank[place]) place -= 1;
  if (place < 0) return null;
  if (!endsGap) return { kind: 'delta', place };
  const next = nextMs[place]!;
  const ending = next === Infinity ? -1 : lastAtMost(session.deltas.atMs, next);
  return ending < 0 ? null : { kind: 'delta', place: ending };
}

function stretchHit(
  kind: 'word' | 'reference',
  { startMs, endMs, places, longestMs }: StretchColumns,
  atMs: number,
  msPerPx: number,
): Hit {
  const reachMs = msPerPx * 2;
  for (let i = lastAtMost(startMs, atMs + reachMs); i >= 0; i -= 1) {
    if (startMs[i]! < atMs - longestMs - reachMs) break;
    if (endMs[i]! + reachMs >= atMs) return { kind, place: places[i]! };
  }
  return null;
}

/** The delta by which something that arrived then came; null where none did. */
export function deltaArrivingAt(session: TimelineSession, atMs: number): number | null {
  const place = nearestWithin(session.deltas.atMs, atMs, 0.5);
  return place < 0 ? null : place;
}

/** The delta to select when a thing is clicked. */
export function deltaOfHit(session: TimelineSession, hit: Hit): number | null {
  if (!hit) return null;
  switch (hit.kind) {
    case 'delta':
      return hit.place;
    case 'word':
      return deltaArrivingAt(session, session.words[hit.place]!.firstMs);
    case 'lag':
      return deltaArrivingAt(session, session.lags[hit.place]!.arrivalMs);
    case 'event':
      return deltaArrivingAt(session, session.events[hit.place]!.atMs);
    case 'reference':
    case 'chunk':
      return null;
  }
}
