import { fullRange } from '../../src/timeline/viewport.ts';
import type { Stretch, TimelineSession } from '../../src/timeline/timelineSession.ts';

/** What is chosen: a delta of a lane, a stretch of time, both or nothing. */
export interface TimelineSelection {
  /** Key of the lane that keys and details are about; null without lanes. */
  lane: string | null;
  /** Place in the lane's deltas. */
  delta: number | null;
  /** Milliseconds on the axis. */
  area: Stretch | null;
}

/** All that the page shows, besides audio. Drawn, spoken and tabled from this alone. */
export interface TimelineState {
  lanes: readonly TimelineSession[];
  /** The part of the axis in sight. */
  view: Stretch;
  selection: TimelineSelection;
  /** Where the sound and the replay are, milliseconds on the axis. */
  playheadMs: number;
  isPlaying: boolean;
  isLooping: boolean;
  /** 1 is as spoken. */
  speed: number;
  layout: 'stacked' | 'overlaid';
  showsTable: boolean;
  showsConnectors: boolean;
  showsSpectrogram: boolean;
}

/** Before there are lanes. */
export function firstState(): TimelineState {
  return {
    lanes: [],
    view: fullRange([]),
    selection: { lane: null, delta: null, area: null },
    playheadMs: 0,
    isPlaying: false,
    isLooping: false,
    speed: 1,
    layout: 'stacked',
    showsTable: false,
    showsConnectors: true,
    showsSpectrogram: false,
  };
}

type Listener = (state: TimelineState, before: TimelineState) => void;

/** The page's one state. Views listen; whoever the user talks to changes it. */
export class TimelineStore {
  readonly #listeners = new Set<Listener>();
  #state: TimelineState;

  constructor(state: TimelineState) {
    this.#state = state;
  }

  get state(): TimelineState {
    return this.#state;
  }

  /** Tells listeners only where something is another value than before. */
  update(change: Partial<TimelineState>): void {
    const before = this.#state;
    const after = { ...before, ...change };
    const names = Object.keys(change) as (keyof TimelineState)[];
    if (names.every((name) => before[name] === after[name])) return;
    this.#state = after;
    for (const listener of this.#listeners) listener(after, before);
  }

  /** Returns what ends it. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}
