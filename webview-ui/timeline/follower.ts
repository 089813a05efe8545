import { fullRange, showTime, spanOf } from '../../src/timeline/viewport.ts';
import { playableRange } from './navigation.ts';
import type { TimelineState, TimelineStore } from './timelineState.ts';

/** Near enough to everything to count as everything. */
const wholeShare = 0.999;

/**
 * Keeps what arrives now in sight, until the user looks elsewhere, and again when asked to. Where
 * all is in sight, all stays in sight.
 */
export class Follower {
  readonly #store: TimelineStore;
  #isFollowing = true;
  #isOwnChange = false;

  /** @param changed told when following begins or ends */
  constructor(store: TimelineStore, changed: () => void) {
    this.#store = store;
    store.subscribe((state) => {
      if (!this.#isFollowing || this.#isOwnChange || !isLive(state)) return;
      const nowMs = liveEdgeMs(state.lanes);
      if (state.view.endMs >= nowMs && state.playheadMs >= nowMs) return;
      this.#isFollowing = false;
      changed();
    });
  }

  get isFollowing(): boolean {
    return this.#isFollowing;
  }

  follow(): void {
    this.#isFollowing = true;
    this.lanesChanged(this.#store.state.lanes);
  }

  /** Shows other lanes, and where to look now that they are as they are. */
  lanesChanged(lanes: TimelineState['lanes']): void {
    const { state } = this.#store;
    const showsAll = spanOf(state.view) >= spanOf(fullRange(state.lanes)) * wholeShare;
    const range = fullRange(lanes);
    const change: Partial<TimelineState> = { lanes };
    if (showsAll) change.view = range;
    if (this.#isFollowing && !state.isPlaying && (isLive(state) || isLive({ lanes }))) {
      const nowMs = liveEdgeMs(lanes);
      change.playheadMs = nowMs;
      if (!showsAll) change.view = showTime(state.view, nowMs, range);
    }
    this.#isOwnChange = true;
    this.#store.update(change);
    this.#isOwnChange = false;
  }
}

/** How far it has got: the last thing that happened in any lane that is live, else in all. */
function liveEdgeMs(lanes: TimelineState['lanes']): number {
  const live = lanes.filter(({ status }) => status === 'live');
  if (live.length === 0) return playableRange(lanes).endMs;
  const lastMs = live.flatMap(({ chunks, deltas, events }) => [
    chunks.sentMs.at(-1) ?? 0,
    deltas.atMs.at(-1) ?? 0,
    events.at(-1)?.atMs ?? 0,
  ]);
  return Math.max(...lastMs);
}

export function isLive({ lanes }: Pick<TimelineState, 'lanes'>): boolean {
  return lanes.some(({ status }) => status === 'live');
}
