import type { Stretch } from '../../../src/timeline/timelineSession.ts';
import { msOfX, spanOf, xOfMs } from '../../../src/timeline/viewport.ts';

/** Where times lie on a surface: the part of the axis in sight, from `left` on. CSS pixels. */
export class Plot {
  readonly view: Stretch;
  readonly left: number;
  readonly width: number;
  /** Device pixels per CSS pixel. */
  readonly ratio: number;

  constructor(view: Stretch, left: number, width: number, ratio: number) {
    this.view = view;
    this.left = left;
    this.width = Math.max(1, width);
    this.ratio = ratio;
  }

  get right(): number {
    return this.left + this.width;
  }

  get pxPerMs(): number {
    return this.width / spanOf(this.view);
  }

  get msPerPx(): number {
    return spanOf(this.view) / this.width;
  }

  /** On the boundary of a device pixel, so that edges are sharp. */
  x(timeMs: number): number {
    return this.snap(this.exactX(timeMs));
  }

  exactX(timeMs: number): number {
    return this.left + xOfMs(this.view, this.width, timeMs);
  }

  ms(x: number): number {
    return msOfX(this.view, this.width, x - this.left);
  }

  snap(x: number): number {
    return Math.round(x * this.ratio) / this.ratio;
  }

  shows(timeMs: number): boolean {
    return timeMs >= this.view.startMs && timeMs <= this.view.endMs;
  }
}
