import type { Stretch, TimelineSession } from '../../../src/timeline/timelineSession.ts';
import { fullRange } from '../../../src/timeline/viewport.ts';
import type { TimelineStore } from '../timelineState.ts';
import { deltaFocus } from '../trackItems.ts';
import { deltaOfHit, hitTest, type Hit } from './hitTest.ts';
import { isShared, laneAt, trackAt, type Track, type TrackLayout } from './layout.ts';
import type { Plot } from './plot.ts';
import type { GestureEffects, Point } from './pointerGestures.ts';
import { stretchOfHit } from './stretchOfHit.ts';
import { Tooltip } from './tooltip.ts';
import { tooltipText } from './tooltipText.ts';

export interface TrackPointerOptions {
  store: TimelineStore;
  seek: (ms: number) => void;
  plot: () => Plot;
  layout: () => TrackLayout;
  /** Height in the layout of a height in the window. */
  topOf: (clientY: number) => number;
}

interface Found {
  track: Track;
  lane: number;
  hit: Hit;
}

/** What the pointer's gestures do to the timeline's state. */
export class TrackPointer implements GestureEffects {
  readonly #options: TrackPointerOptions;
  readonly #tooltip = new Tooltip();

  constructor(options: TrackPointerOptions) {
    this.#options = options;
  }

  get tooltip(): HTMLElement {
    return this.#tooltip.root;
  }

  /** Closes what the pointer shows; false where it shows nothing. */
  closeTooltip(): boolean {
    return this.#tooltip.hide();
  }

  plot = (): Plot => this.#options.plot();

  range = (): Stretch => fullRange(this.#options.store.state.lanes);

  area = (): Stretch | null => this.#options.store.state.selection.area;

  setView = (view: Stretch): void => {
    this.#tooltip.hide();
    this.#options.store.update({ view });
  };

  setArea = (area: Stretch): void => {
    const { store } = this.#options;
    store.update({ selection: { ...store.state.selection, area } });
  };

  hover = (point: Point | null): void => {
    const found = point && this.#find(point);
    const session = found && this.#options.store.state.lanes[found.lane];
    if (!found?.hit || !session) {
      this.#tooltip.hide();
      return;
    }
    const holder = this.#tooltip.root.parentElement!.getBoundingClientRect();
    const at = { x: point.x, y: point.clientY - holder.top };
    this.#tooltip.show(tooltipText(session, found.hit), at);
  };

  /** Seeks, and selects what is there; a click beside everything lets go of the area. */
  click = (point: Point): void => {
    const { store, seek, plot } = this.#options;
    const found = this.#find(point);
    const session = found && store.state.lanes[found.lane];
    if (session) this.#choose(session, found);
    const isOnPlot = point.x >= plot().left;
    const names = found?.track.kind === 'header' || found?.track.kind === 'legend';
    if (!isOnPlot || names) return;
    const isEvent = session && found.hit?.kind === 'event';
    seek(isEvent ? session.events[found.hit!.place]!.atMs : plot().ms(point.x));
  };

  #choose(session: TimelineSession, { track, hit }: Found): void {
    const { store } = this.#options;
    const { selection } = store.state;
    const lane = isShared(track) ? (selection.lane ?? session.key) : session.key;
    const isEvent = hit?.kind === 'event';
    const kept = lane === selection.lane && !isEvent ? selection.delta : null;
    store.update({
      selection: { lane, delta: deltaOfHit(session, hit) ?? kept, area: null },
      focus: isEvent ? { track: 'events', item: hit.place } : deltaFocus,
    });
  }

  doubleClick = (point: Point): void => {
    const found = this.#find(point);
    const session = found && this.#options.store.state.lanes[found.lane];
    const stretch = session && found.hit && stretchOfHit(session, found.hit);
    if (stretch) this.setArea(stretch);
  };

  #find(point: Point): Found | null {
    const { store, plot, layout, topOf } = this.#options;
    const y = topOf(point.clientY);
    const track = trackAt(layout().tracks, y);
    const lane = track && this.#laneOf(track, y);
    const session = lane === null ? undefined : store.state.lanes[lane];
    if (!track || lane === null || !session) return null;
    const isOnPlot = point.x >= plot().left;
    const hit = isOnPlot ? hitTest(track.kind, session, plot().ms(point.x), plot().msPerPx) : null;
    return { track, lane, hit };
  }

  /** The lane in focus where a track is about all of them, and the one with the words. */
  #laneOf(track: Track, y: number): number | null {
    const { lanes, selection } = this.#options.store.state;
    if (track.kind === 'lag') {
      return track.lanes.find((lane) => lanes[lane]?.key === selection.lane) ?? laneAt(track, y);
    }
    if (track.kind !== 'reference') return laneAt(track, y);
    const withWords = track.lanes.filter((lane) => lanes[lane]?.referenceWords);
    return withWords.find((lane) => lanes[lane]?.key === selection.lane) ?? withWords[0] ?? null;
  }
}
