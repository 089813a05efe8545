import type { TimelineSession } from '../../src/timeline/timelineSession.ts';
import { deltaOfHit, type Hit } from './canvas/hitTest.ts';
import { layoutTracks, type Track } from './canvas/layout.ts';
import { goTo, isSamePlace, placeBeside, selectedLane, type Move } from './navigation.ts';
import type { TimelineState } from './timelineState.ts';
import { isItemTrack, trackItems, type ItemTrack } from './trackItems.ts';

/** A thing that the arrow keys came to. */
export interface FocusedItem {
  session: TimelineSession;
  hit: NonNullable<Hit>;
  atMs: number;
  item: number;
  /** Of the lane on this track. */
  count: number;
}

/** To the track above or below, as the picture has them. */
export function trackStep(step: 1 | -1): Move {
  return (state) => {
    const lane = selectedLane(state);
    if (!lane) return {};
    const stops = trackStops(state);
    const { track } = state.focus;
    const own = stops.findIndex((stop) => stop.track === track && stop.lane === lane.key);
    const here = own < 0 ? stops.findIndex((stop) => stop.track === track) : own;
    const next = stops[here + step];
    if (!next) return {};
    const { selection } = state;
    const delta = next.lane === lane.key ? selection.delta : null;
    return {
      focus: { track: next.track, item: null },
      selection: { ...selection, lane: next.lane, delta },
    };
  };
}

/** To the next or previous thing of the track, and to the delta that it came with. */
export function itemStep(step: 1 | -1): Move {
  return (state) => {
    const session = selectedLane(state);
    if (!session) return {};
    const { track } = state.focus;
    const { atMs, hitOf } = trackItems(session, track);
    const item = placeBeside(atMs, state.focus.item, state.playheadMs, step);
    const ms = atMs[item];
    if (ms === undefined) return {};
    const hit = hitOf(item);
    // An event stands by itself.
    const kept = hit.kind === 'event' ? null : state.selection.delta;
    const delta = deltaOfHit(session, hit) ?? kept;
    return {
      ...goTo(state, ms),
      focus: { track, item },
      selection: { ...state.selection, lane: session.key, delta },
    };
  };
}

/** The thing that the keys came to, as long as the playhead is there; null on the deltas. */
export function focusedItem(state: TimelineState): FocusedItem | null {
  const { track, item } = state.focus;
  const session = selectedLane(state);
  if (track === 'deltas' || item === null || !session) return null;
  const { atMs, hitOf } = trackItems(session, track);
  const ms = atMs[item];
  if (ms === undefined || !isSamePlace(ms, state.playheadMs)) return null;
  return { session, hit: hitOf(item), atMs: ms, item, count: atMs.length };
}

interface TrackStop {
  track: ItemTrack;
  lane: string;
}

/** Every lane's part of every track, from above. */
function trackStops(state: TimelineState): TrackStop[] {
  return layoutTracks(state, { width: 0, height: 0 }).tracks.flatMap((track) => {
    const { kind } = track;
    if (!isItemTrack(kind)) return [];
    return lanesOf(state, track).map(({ key }) => ({ track: kind, lane: key }));
  });
}

/** The words that were spoken are the same for all lanes of the track: one of them has the keys. */
function lanesOf(state: TimelineState, { kind, lanes }: Track): TimelineSession[] {
  const sessions = lanes.map((lane) => state.lanes[lane]!);
  if (kind !== 'reference') return sessions;
  const withWords = sessions.filter(({ referenceWords }) => referenceWords !== null);
  const chosen = withWords.find(({ key }) => key === state.selection.lane) ?? withWords[0];
  return chosen ? [chosen] : [];
}
