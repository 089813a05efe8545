import type { Stretch } from '../../../src/timeline/timelineSession.ts';
import { element } from '../../shared/element.ts';
import type { Plot } from './plot.ts';

/** A place over the drawing, CSS pixels. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The delta that is selected, and where its box is drawn. */
export interface RingPlace extends Box {
  lane: string;
  delta: number;
  atMs: number;
}

/** Elements over the drawing: playhead, selected area and the ring around the selected delta. */
export class Overlays {
  readonly root: HTMLElement;
  readonly #playhead = element('div', { class: 'timeline-playhead' });
  readonly #area = element('div', { class: 'timeline-area', hidden: true });
  /** Inside a window of its own, so that it does not reach over the axis. */
  readonly #ringWindow = element('div', { class: 'timeline-overlay' });
  readonly #ring = element('div', { class: 'timeline-ring', hidden: true });
  readonly #item = element('div', { class: 'timeline-item', hidden: true });

  constructor() {
    this.#ringWindow.append(this.#ring, this.#item);
    this.root = element('div', { class: 'timeline-overlay', aria: { hidden: true } }, [
      this.#area,
      this.#ringWindow,
      this.#playhead,
    ]);
  }

  /**
   * @param width of the drawing
   * @param top of the tracks, below the axis
   */
  resize(width: number, top: number): void {
    this.root.style.width = `${width}px`;
    this.#ringWindow.style.width = `${width}px`;
    this.#ringWindow.style.top = `${top}px`;
  }

  placePlayhead(plot: Plot, ms: number): void {
    this.#playhead.hidden = !plot.shows(ms);
    this.#playhead.style.transform = `translateX(${plot.x(ms)}px)`;
    this.#playhead.dataset.ms = String(ms);
  }

  placeArea(plot: Plot, area: Stretch | null): void {
    const from = area ? Math.max(plot.left, plot.x(area.startMs)) : 0;
    const to = area ? Math.min(plot.right, plot.x(area.endMs)) : 0;
    this.#area.hidden = area === null || to < plot.left || from > plot.right || to < from;
    if (!area) return;
    this.#area.style.left = `${from}px`;
    this.#area.style.width = `${Math.max(2, to - from)}px`;
    this.#area.dataset.startMs = String(area.startMs);
    this.#area.dataset.endMs = String(area.endMs);
  }

  /** Around a delta; CSS pixels from the corner of the tracks in sight. Null hides it. */
  placeRing(plot: Plot, place: RingPlace | null): void {
    surround(this.#ring, plot, place);
    if (!place || this.#ring.hidden) return;
    const { dataset } = this.#ring;
    dataset.lane = place.lane;
    dataset.delta = String(place.delta);
    dataset.atMs = String(place.atMs);
  }

  /** Around what the keys came to on another track. Null hides it. */
  placeItem(plot: Plot, place: Box | null): void {
    surround(this.#item, plot, place);
  }
}

function surround(ring: HTMLElement, plot: Plot, place: Box | null): void {
  const isInSight = place && place.x + place.width >= plot.left && place.x <= plot.right;
  ring.hidden = !isInSight;
  if (!place || !isInSight) return;
  const x = Math.max(plot.left, place.x);
  ring.style.left = `${x}px`;
  ring.style.top = `${place.y - 2}px`;
  ring.style.width = `${Math.max(4, place.x + place.width - x)}px`;
  ring.style.height = `${place.height + 4}px`;
}
