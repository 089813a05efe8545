import type { TimelineSession } from '../../src/timeline/timelineSession.ts';
import type { Hit } from './canvas/hitTest.ts';
import { laneColumns, referenceColumns } from './canvas/laneColumns.ts';
import { lastAtMost } from './canvas/columnSearch.ts';
import type { TrackKind } from './canvas/layout.ts';

/** Tracks of things that happened or were said, which keys go through one by one. */
export type ItemTrack = Exclude<TrackKind, 'waveform' | 'header' | 'legend'>;

/** What the arrow keys are on. */
export interface TrackFocus {
  track: ItemTrack;
  /** The thing they came to, in the track's order; null before that. A delta is in the selection. */
  item: number | null;
}

/** Where the arrow keys begin. */
export const deltaFocus: TrackFocus = { track: 'deltas', item: null };

/** The things of a lane on a track, by time. */
export interface TrackItems {
  /** Milliseconds on the axis, ascending. */
  atMs: Float64Array;
  hitOf: (item: number) => NonNullable<Hit>;
}

const itemTracks: Readonly<Record<ItemTrack, (session: TimelineSession) => TrackItems>> = {
  reference: ({ referenceWords }) => {
    const { startMs, places } = referenceColumns(referenceWords ?? []);
    return { atMs: startMs, hitOf: (item) => ({ kind: 'reference', place: places[item]! }) };
  },
  chunks: ({ chunks }) => itemsOf(chunks.sentMs, 'chunk'),
  deltas: ({ deltas }) => itemsOf(deltas.atMs, 'delta'),
  words: (session) => {
    const { startMs, places } = laneColumns(session).words;
    return { atMs: startMs, hitOf: (item) => ({ kind: 'word', place: places[item]! }) };
  },
  lag: (session) => itemsOf(laneColumns(session).lags.atMs, 'lag'),
  gaps: (session) => {
    const { atMs } = laneColumns(session).gaps;
    const deltaAt = (item: number) => lastAtMost(session.deltas.atMs, atMs[item]!);
    return { atMs, hitOf: (item) => ({ kind: 'delta', place: deltaAt(item) }) };
  },
  events: (session) => itemsOf(laneColumns(session).eventMs, 'event'),
};

export function trackItems(session: TimelineSession, track: ItemTrack): TrackItems {
  return itemTracks[track](session);
}

export function isItemTrack(kind: TrackKind): kind is ItemTrack {
  return Object.hasOwn(itemTracks, kind);
}

function itemsOf(atMs: Float64Array, kind: NonNullable<Hit>['kind']): TrackItems {
  return { atMs, hitOf: (place) => ({ kind, place }) };
}
