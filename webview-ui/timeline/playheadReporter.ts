import type { TimelineStore } from './timelineState.ts';

/** Between two reports. */
const restMs = 100;

/** Tells where the playhead is, while somebody wants to know, a few times a second at most. */
export class PlayheadReporter {
  readonly #store: TimelineStore;
  readonly #tell: (ms: number) => void;
  #isWanted = false;
  #told: number | null = null;
  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor(store: TimelineStore, tell: (ms: number) => void) {
    this.#store = store;
    this.#tell = tell;
    store.subscribe(({ playheadMs }, before) => {
      if (playheadMs !== before.playheadMs) this.#report();
    });
  }

  /** Says at once where it is where somebody begins to want it. */
  setWanted(isWanted: boolean): void {
    this.#isWanted = isWanted;
    this.#told = null;
    this.#report();
  }

  #report(): void {
    const { playheadMs, lanes } = this.#store.state;
    if (!this.#isWanted || this.#rest !== undefined || lanes.length === 0) return;
    if (playheadMs === this.#told) return;
    this.#told = playheadMs;
    this.#tell(playheadMs);
    this.#rest = setTimeout(() => {
      this.#rest = undefined;
      this.#report();
    }, restMs);
  }
}
