import type { TimelineSession } from '../../src/timeline/timelineSession.ts';
import { clampView, fullRange } from '../../src/timeline/viewport.ts';
import { isLive, type Follower } from './follower.ts';
import type { StateKeeper } from './stateKeeper.ts';
import type { TimelineState, TimelineStore } from './timelineState.ts';

export interface ShownLanesOptions {
  store: TimelineStore;
  keeper: StateKeeper;
  follower: Follower;
  /** There are lanes for the first time, and nothing is remembered of how the page was. */
  began: () => void;
  /** A session that was live is no longer. */
  ended: (session: TimelineSession) => void;
}

/** Takes lanes as they come, and keeps what the user has chosen where it is still there. */
export class ShownLanes {
  readonly #options: ShownLanesOptions;

  constructor(options: ShownLanesOptions) {
    this.#options = options;
  }

  /** Shows these and no others. */
  replace(sessions: readonly TimelineSession[]): void {
    const { store, keeper, follower, began } = this.#options;
    const restored = keeper.restoredFor(sessions);
    if (restored) {
      store.update({ lanes: sessions, ...restored });
      return;
    }
    const { lanes } = store.state;
    const isFirst = lanes.length === 0;
    const isOther = !sessions.some(({ key }) => lanes.some((lane) => lane.key === key));
    follower.lanesChanged(sessions);
    store.update(isOther ? this.#afresh(sessions) : this.#fitted(sessions));
    this.#chooseLane();
    if (isFirst) began();
  }

  /** Nothing that was chosen in other sessions means anything in these. */
  #afresh(sessions: readonly TimelineSession[]): Partial<TimelineState> {
    const selection = { lane: null, delta: null, area: null };
    const view = fullRange(sessions);
    // Where something is live, the follower has placed the playhead.
    return isLive({ lanes: sessions }) ? { selection, view } : { selection, view, playheadMs: 0 };
  }

  #fitted(sessions: readonly TimelineSession[]): Partial<TimelineState> {
    const { view, playheadMs, selection } = this.#options.store.state;
    const range = fullRange(sessions);
    const { area } = selection;
    const isInRange = area !== null && area.startMs < range.endMs && area.endMs > range.startMs;
    return {
      view: clampView(view, range),
      playheadMs: Math.min(Math.max(playheadMs, range.startMs), range.endMs),
      ...(area !== null && !isInRange && { selection: { ...selection, area: null } }),
    };
  }

  /** Shows one as it is now, below the others where it is new. */
  update(session: TimelineSession): void {
    const { store, follower, ended } = this.#options;
    const { lanes } = store.state;
    const before = lanes.find(({ key }) => key === session.key);
    const next = before
      ? lanes.map((lane) => (lane === before ? session : lane))
      : [...lanes, session];
    follower.lanesChanged(next);
    this.#chooseLane();
    if (before?.status === 'live' && session.status !== 'live') ended(session);
  }

  #chooseLane(): void {
    const { store } = this.#options;
    const { lanes, selection } = store.state;
    if (lanes.some(({ key }) => key === selection.lane)) return;
    const lane = lanes[0]?.key ?? null;
    store.update({ selection: { ...selection, lane, delta: null } });
  }
}
