import { clampView, fullRange } from '../../src/timeline/viewport.ts';
import type { GridSort } from '../shared/virtualGrid.ts';
import { savedStateOf, stateToSave, type SavedState } from './savedState.ts';
import type { TimelineState, TimelineStore } from './timelineState.ts';

interface StateApi {
  savedState: () => unknown;
  saveState: (state: unknown) => void;
}

/** Saving goes to the extension: not for every frame. */
const saveAfterMs = 300;

/** Brings the page back as it was, and remembers how it is. */
export class StateKeeper {
  readonly #api: StateApi;
  readonly #store: TimelineStore;
  readonly #saved: SavedState | null;
  #sort: GridSort | null;
  #restore: string;
  #hasLanes = false;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(api: StateApi, store: TimelineStore) {
    this.#api = api;
    this.#store = store;
    this.#saved = savedStateOf(api.savedState());
    this.#sort = this.#saved?.sort ?? null;
    this.#restore = this.#saved?.restore ?? '';
    store.subscribe(() => {
      this.#saveSoon();
    });
    window.addEventListener('pagehide', () => {
      this.#save();
    });
    document.addEventListener('visibilitychange', () => {
      this.#save();
    });
  }

  get sort(): GridSort | null {
    return this.#sort;
  }

  setSort(sort: GridSort | null): void {
    this.#sort = sort;
    this.#save();
  }

  /** What the extension wants to find again, to bring the lanes back. */
  setRestore(restore: string): void {
    this.#restore = restore;
    this.#save();
  }

  /** How the page was when it last had lanes, as far as it fits these; null the second time. */
  restoredFor(lanes: TimelineState['lanes']): Partial<TimelineState> | null {
    const isFirst = !this.#hasLanes;
    this.#hasLanes = true;
    if (!isFirst || !this.#saved) return null;
    const { isLooping, speed, layout, showsTable, showsConnectors, showsSpectrogram } = this.#saved;
    const chosen = { isLooping, speed, layout, showsTable, showsConnectors, showsSpectrogram };
    return { ...placeIn(lanes, this.#saved), ...chosen };
  }

  #saveSoon(): void {
    if (this.#waiting !== undefined) return;
    this.#waiting = setTimeout(() => {
      this.#save();
    }, saveAfterMs);
  }

  #save(): void {
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
    const kept = { sort: this.#sort, restore: this.#restore };
    // Before there are lanes nothing is known that is better than what was saved.
    const state =
      !this.#hasLanes && this.#saved
        ? { ...this.#saved, ...kept }
        : stateToSave(this.#store.state, kept);
    this.#api.saveState(state);
  }
}

type Place = Pick<TimelineState, 'view' | 'selection' | 'playheadMs'>;

/** Where the page was, as far as it can be in these lanes; their beginning where they are others. */
function placeIn(lanes: TimelineState['lanes'], saved: SavedState): Place {
  const { view, selection, playheadMs } = saved;
  const range = fullRange(lanes);
  const first = lanes[0]?.key ?? null;
  const lane = lanes.find(({ key }) => key === selection.lane);
  if (selection.lane !== null && !lane) {
    return { view: range, selection: { lane: first, delta: null, area: null }, playheadMs: 0 };
  }
  const hasDelta = selection.delta !== null && selection.delta < (lane?.deltas.atMs.length ?? 0);
  return {
    view: view && view.endMs > view.startMs ? clampView(view, range) : range,
    selection: {
      lane: lane?.key ?? first,
      delta: hasDelta ? selection.delta : null,
      area: selection.area,
    },
    playheadMs: Math.min(Math.max(playheadMs, range.startMs), range.endMs),
  };
}
