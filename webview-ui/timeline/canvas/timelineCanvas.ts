import { fullRange, showTime } from '../../../src/timeline/viewport.ts';
import { element } from '../../shared/element.ts';
import { onThemeChange } from '../../shared/theme.ts';
import type { TimelineState, TimelineStore } from '../timelineState.ts';
import { focusedItem, type FocusedItem } from '../trackSteps.ts';
import { axisHeight } from '../tracks/drawAxis.ts';
import { deltaBox } from '../tracks/drawDeltas.ts';
import type { AudioPictures } from './audioPictures.ts';
import { viewAfterPlayhead } from './viewAfterPlayhead.ts';
import { layoutTracks, rowOf, type Track, type TrackKind, type TrackLayout } from './layout.ts';
import { Minimap } from './minimap.ts';
import { Overlays, type Box, type RingPlace } from './overlays.ts';
import { Painter } from './painter.ts';
import { Plot } from './plot.ts';
import { PointerGestures } from './pointerGestures.ts';
import { stretchOfHit } from './stretchOfHit.ts';
import { Tooltip } from './tooltip.ts';
import { tooltipText } from './tooltipText.ts';
import { TrackPointer } from './trackPointer.ts';
import './timelineCanvas.css';

/** Width of the ring around what has none, CSS pixels. */
const markPx = 14;

export interface TimelineCanvasOptions {
  store: TimelineStore;
  audio: AudioPictures;
  on: {
    /** The user pointed at a time: sound and replay go there. */
    seek: (ms: number) => void;
  };
}

/**
 * The picture of the timeline: minimap, axis and a scrolling stack of tracks. Draws the store's
 * state, at most once per frame and only where something it shows changed; what the pointer does
 * goes to the store.
 */
export class TimelineCanvas {
  readonly root: HTMLElement;
  readonly #store: TimelineStore;
  readonly #minimap: Minimap;
  readonly #painter: Painter;
  readonly #overlays = new Overlays();
  readonly #pointer: TrackPointer;
  /** Of what the keys came to. */
  readonly #tooltip = new Tooltip('keys');
  /** Browsers make a tab stop of whatever scrolls; the keys belong to the timeline as a whole. */
  readonly #scroller = element('div', { class: 'timeline-tracks', tabIndex: -1 });
  readonly #spacer = element('div', { class: 'timeline-spacer' });
  readonly #ends: (() => void)[] = [];
  #layout: TrackLayout = { tracks: [], height: 0, gutter: 0 };
  /** Key of a lane to move into sight once it is known where it lies. */
  #laneToReveal: string | null = null;
  #plot: Plot;
  #frame = 0;
  #isDrawingStale = true;
  #isMinimapStale = true;

  constructor({ store, audio, on }: TimelineCanvasOptions) {
    this.#store = store;
    this.#plot = new Plot(store.state.view, 0, 1, devicePixelRatio);
    this.#minimap = new Minimap(store);
    this.#painter = new Painter(audio, this.#minimap.surface);
    const sticky = element('div', { class: 'timeline-surface' }, this.#painter.tracks.canvas);
    this.#scroller.append(sticky, this.#spacer);
    const body = element('div', { class: 'timeline-body' }, [
      this.#painter.axis.canvas,
      this.#scroller,
      this.#overlays.root,
    ]);
    this.#pointer = new TrackPointer({
      store,
      seek: on.seek,
      plot: () => this.#plot,
      layout: () => this.#layout,
      topOf: (clientY) =>
        clientY - this.#scroller.getBoundingClientRect().top + this.#scroller.scrollTop,
    });
    this.root = element('div', { class: 'timeline-canvas' }, [
      this.#minimap.root,
      body,
      this.#pointer.tooltip,
      this.#tooltip.root,
    ]);
    new PointerGestures(this.#scroller, this.#painter.axis.canvas, this.#pointer);
    this.#watch(audio);
  }

  /** Moves a delta of a lane into sight, along the axis and up or down. */
  revealDelta(key: string, delta: number): void {
    const { lanes, view } = this.#store.state;
    const lane = lanes.findIndex((each) => each.key === key);
    const atMs = lanes[lane]?.deltas.atMs[delta];
    if (atMs === undefined) return;
    this.#store.update({ view: showTime(view, atMs, fullRange(lanes)) });
    this.revealLane(key);
  }

  /** Scrolls the track of a lane that the keys are on into sight where it is not. */
  revealLane(key: string): void {
    this.#laneToReveal = key;
    this.#drawSoon({ drawing: true });
  }

  /** Closes what the pointer shows; false where it shows nothing. */
  closeTooltip(): boolean {
    return this.#pointer.closeTooltip();
  }

  /** Stops listening and drawing. */
  dispose(): void {
    cancelAnimationFrame(this.#frame);
    for (const end of this.#ends) end();
  }

  #watch(audio: AudioPictures): void {
    const resize = new ResizeObserver(() => {
      this.#drawAllSoon();
    });
    resize.observe(this.root);
    resize.observe(this.#scroller);
    this.#scroller.addEventListener('scroll', () => {
      this.#drawSoon({ drawing: true });
    });
    onThemeChange(() => {
      this.#painter.rereadTheme();
      this.#drawAllSoon();
    });
    this.#ends.push(
      () => {
        resize.disconnect();
      },
      this.#watchRatio(),
      audio.onChange(() => {
        this.#drawAllSoon();
      }),
      this.#store.subscribe((state, before) => {
        this.#onState(state, before);
      }),
    );
    this.#drawAllSoon();
  }

  /** Windows move between screens, and pages are zoomed. */
  #watchRatio(): () => void {
    const changed = new AbortController();
    const listen = () => {
      const query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
      const onChange = () => {
        this.#drawAllSoon();
        listen();
      };
      query.addEventListener('change', onChange, { once: true, signal: changed.signal });
    };
    listen();
    return () => {
      changed.abort();
    };
  }

  #onState(state: TimelineState, before: TimelineState): void {
    const { lanes, view, selection } = state;
    if (lanes !== before.lanes) this.#isMinimapStale = true;
    if (state.playheadMs !== before.playheadMs && state.isPlaying && view === before.view) {
      const steps = { fromMs: before.playheadMs, toMs: state.playheadMs };
      const followed = viewAfterPlayhead(view, steps, fullRange(lanes), reducesMotion());
      this.#store.update({ view: followed });
    }
    const isDrawn =
      lanes !== before.lanes ||
      view !== before.view ||
      state.layout !== before.layout ||
      state.showsConnectors !== before.showsConnectors ||
      state.showsSpectrogram !== before.showsSpectrogram ||
      selection.lane !== before.selection.lane ||
      state.focus !== before.focus;
    this.#drawSoon({ drawing: isDrawn });
  }

  #drawAllSoon(): void {
    this.#isMinimapStale = true;
    this.#drawSoon({ drawing: true });
  }

  #drawSoon({ drawing }: { drawing: boolean }): void {
    this.#isDrawingStale ||= drawing;
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  #draw(): void {
    const { state } = this.#store;
    if (this.#isDrawingStale) this.#arrange(state);
    this.#scrollToLane(state);
    const scrollTop = this.#plot.snap(this.#scroller.scrollTop);
    if (this.#isDrawingStale && this.#plot.right > 1) {
      this.#painter.paint(state, this.#plot, this.#layout, scrollTop);
      if (this.#isMinimapStale) this.#painter.paintMinimap(state, this.#minimap.plot());
      this.#minimap.placeWindow();
      this.#isMinimapStale = false;
      this.#isDrawingStale = false;
    }
    this.#overlays.placePlayhead(this.#plot, state.playheadMs);
    this.#overlays.placeArea(this.#plot, state.selection.area);
    this.#overlays.placeRing(this.#plot, this.#ringPlace(state, scrollTop));
    this.#placeItem(state, scrollTop);
  }

  #scrollToLane({ lanes, focus }: TimelineState): void {
    const key = this.#laneToReveal;
    this.#laneToReveal = null;
    const place = lanes.findIndex((lane) => lane.key === key);
    const track = key && this.#track(focus.track, place);
    if (!track) return;
    const { scrollTop, clientHeight } = this.#scroller;
    const isInSight =
      track.top >= scrollTop && track.top + track.height <= scrollTop + clientHeight;
    if (!isInSight) this.#scroller.scrollTop = track.top - clientHeight / 3;
  }

  /** Sizes and places of everything for the state and the room there is. */
  #arrange(state: TimelineState): void {
    const { axis, tracks } = this.#painter;
    const ratio = devicePixelRatio;
    const width = this.#scroller.clientWidth;
    axis.resize(width, axisHeight(state.lanes, width), ratio);
    const room = { width, height: this.#scroller.clientHeight };
    this.#layout = layoutTracks(state, room);
    const { height, gutter } = this.#layout;
    this.#spacer.style.height = `${height}px`;
    tracks.resize(width, room.height, ratio);
    if (this.#minimap.resize(width, ratio)) this.#isMinimapStale = true;
    this.#plot = new Plot(state.view, gutter, width - gutter, ratio);
    this.#overlays.resize(width, this.#scroller.offsetTop);
  }

  #ringPlace(state: TimelineState, scrollTop: number): RingPlace | null {
    const { lane: key, delta } = state.selection;
    const place = state.lanes.findIndex((lane) => lane.key === key);
    const atMs = delta === null ? undefined : state.lanes[place]?.deltas.atMs[delta];
    const track = this.#track('deltas', place);
    if (key === null || delta === null || atMs === undefined || !track) return null;
    const scene = this.#painter.scene(this.#painter.tracks, this.#plot, state);
    const box = deltaBox(scene, track, place, delta);
    return { ...box, y: box.y - scrollTop, lane: key, delta, atMs };
  }

  /** What the keys came to, with a ring around it and what its tooltip says. */
  #placeItem(state: TimelineState, scrollTop: number): void {
    const found = state.isPlaying ? null : focusedItem(state);
    const box = found && this.#itemBox(state, found, scrollTop);
    this.#overlays.placeItem(this.#plot, box);
    if (!found || !box) {
      this.#tooltip.hide();
      return;
    }
    const { top } = this.#scroller.getBoundingClientRect();
    const y = top - this.root.getBoundingClientRect().top + box.y;
    this.#tooltip.show(tooltipText(found.session, found.hit), { x: box.x, y });
  }

  #itemBox(state: TimelineState, found: FocusedItem, scrollTop: number): Box | null {
    const place = state.lanes.indexOf(found.session);
    const track = this.#track(state.focus.track, place);
    if (!track) return null;
    const { top, height } = rowOf(track, place);
    const box = { y: top - scrollTop, height };
    const isWord = found.hit.kind === 'word' || found.hit.kind === 'reference';
    const stretch = isWord ? stretchOfHit(found.session, found.hit) : null;
    const x = this.#plot.x(found.atMs);
    if (!stretch) return { ...box, x: x - markPx / 2, width: markPx };
    return { ...box, x, width: this.#plot.x(stretch.endMs) - x };
  }

  #track(kind: TrackKind, lane: number): Track | null {
    const { tracks } = this.#layout;
    return tracks.find((track) => track.kind === kind && track.lanes.includes(lane)) ?? null;
  }
}

function reducesMotion(): boolean {
  return (
    document.body.classList.contains('vscode-reduce-motion') ||
    matchMedia('(prefers-reduced-motion: reduce)').matches
  );
}
