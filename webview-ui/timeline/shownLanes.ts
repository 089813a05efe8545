import type { TimelineSession } from '../../src/timeline/timelineSession.ts';
import { fullRange } from '../../src/timeline/viewport.ts';
import type { Follower } from './follower.ts';
import type { StateKeeper } from './stateKeeper.ts';
import type { TimelineStore } from './timelineState.ts';

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
    const isFirst = store.state.lanes.length === 0;
    follower.lanesChanged(sessions);
    if (isFirst) store.update({ view: fullRange(sessions) });
    this.#chooseLane();
    if (isFirst) began();
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
