import { fullRange } from '../../src/timeline/viewport.ts';
import { Store } from '../shared/store.ts';
import type { Stretch, TimelineSession } from '../../src/timeline/timelineSession.ts';
import { deltaFocus, type TrackFocus } from './trackItems.ts';

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
  focus: TrackFocus;
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
    focus: deltaFocus,
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

/** The page's one state. */
export class TimelineStore extends Store<TimelineState> {}
