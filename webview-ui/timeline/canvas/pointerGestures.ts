import type { Stretch } from '../../../src/timeline/timelineSession.ts';
import { panBy, zoomAbout } from '../../../src/timeline/viewport.ts';
import type { Plot } from './plot.ts';

/** A place on the tracks: CSS pixels from the left of the surface and the top of the window. */
export interface Point {
  x: number;
  clientY: number;
}

/** What gestures do. Times are on the axis. */
export interface GestureEffects {
  plot: () => Plot;
  range: () => Stretch;
  area: () => Stretch | null;
  setView: (view: Stretch) => void;
  setArea: (area: Stretch) => void;
  hover: (point: Point | null) => void;
  click: (point: Point) => void;
  doubleClick: (point: Point) => void;
}

type Drag = { kind: 'press' | 'pan'; x: number; view: Stretch } | { kind: 'area'; fixedMs: number };

/** Movement that still counts as a click, CSS pixels. */
const clickSlackPx = 4;
/** How far from an edge of the selected area a press takes hold of it, CSS pixels. */
const edgeGripPx = 5;
/** Zoom per pixel of the wheel, as an exponent: a notch of 100 is about 1.6 times. */
const zoomPerWheelPx = 0.005;
/** CSS pixels that a line or a page of the wheel stands for. */
const wheelUnitsPx = [1, 16, 400] as const;

/**
 * Mouse, pen and touch on the tracks and the axis. The mouse drags an area, or the axis; a finger
 * drags the view and two fingers zoom. A press and release in one place is a click.
 */
export class PointerGestures {
  readonly #surface: HTMLElement;
  readonly #effects: GestureEffects;
  readonly #pointers = new Map<number, number>();
  #drag: Drag | null = null;

  /** @param surface what x is measured from: the tracks */
  constructor(surface: HTMLElement, axis: HTMLElement, effects: GestureEffects) {
    this.#surface = surface;
    this.#effects = effects;
    for (const target of [surface, axis]) {
      target.addEventListener('wheel', this.#onWheel, { passive: false });
      target.addEventListener('pointerdown', (event) => {
        this.#onDown(event, target, target === axis);
      });
      target.addEventListener('pointermove', this.#onMove);
      target.addEventListener('pointerup', this.#onUp);
      target.addEventListener('pointercancel', this.#onCancel);
      target.addEventListener('pointerleave', () => {
        effects.hover(null);
      });
    }
    surface.addEventListener('dblclick', (event) => {
      effects.doubleClick(this.#point(event));
    });
  }

  get isDragging(): boolean {
    return this.#drag !== null && this.#drag.kind !== 'press';
  }

  #point({ clientX, clientY }: MouseEvent): Point {
    return { x: this.#x(clientX), clientY };
  }

  #x(clientX: number): number {
    return clientX - this.#surface.getBoundingClientRect().left;
  }

  readonly #onWheel = (event: WheelEvent) => {
    const { plot, range, setView } = this.#effects;
    const unit = wheelUnitsPx[event.deltaMode as 0 | 1 | 2];
    const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      const anchor = plot().ms(this.#x(event.clientX));
      setView(zoomAbout(plot().view, Math.exp(-dy * zoomPerWheelPx), anchor, range()));
    } else if (event.shiftKey || Math.abs(dx) > Math.abs(dy)) {
      event.preventDefault();
      // With Shift held, some systems turn the wheel's direction already.
      const along = Math.abs(dx) > Math.abs(dy) ? dx : dy;
      setView(panBy(plot().view, along * plot().msPerPx, range()));
    }
  };

  #onDown(event: PointerEvent, target: HTMLElement, isAxis: boolean): void {
    if (event.button !== 0) return;
    const plot = this.#effects.plot();
    const x = this.#x(event.clientX);
    // A press on a scrollbar is not ours.
    if (x >= plot.right) return;
    target.setPointerCapture(event.pointerId);
    this.#pointers.set(event.pointerId, x);
    const edge = isAxis ? null : this.#edgeAt(x);
    if (edge !== null) this.#drag = { kind: 'area', fixedMs: edge };
    else {
      const pans = isAxis || event.pointerType === 'touch';
      this.#drag = { kind: pans ? 'pan' : 'press', x, view: plot.view };
    }
  }

  /** The other edge of the selected area where one is under the pointer. */
  #edgeAt(x: number): number | null {
    const area = this.#effects.area();
    if (!area) return null;
    const plot = this.#effects.plot();
    const end = Math.abs(x - plot.exactX(area.endMs));
    const start = Math.abs(x - plot.exactX(area.startMs));
    if (Math.min(start, end) > edgeGripPx) return null;
    return end <= start ? area.startMs : area.endMs;
  }

  readonly #onMove = (event: PointerEvent) => {
    const x = this.#x(event.clientX);
    if (this.#pointers.size === 2 && this.#pointers.has(event.pointerId)) {
      this.#pinch(event.pointerId, x);
      return;
    }
    if (!this.#drag) {
      this.#surface.style.cursor = this.#edgeAt(x) === null ? '' : 'ew-resize';
      this.#effects.hover(this.#point(event));
      return;
    }
    this.#dragTo(x);
  };

  #dragTo(x: number): void {
    const { plot, range, setView, setArea } = this.#effects;
    const drag = this.#drag!;
    if (drag.kind === 'pan') {
      setView(panBy(drag.view, (drag.x - x) * plot().msPerPx, range()));
    } else if (drag.kind === 'area') {
      const atMs = plot().ms(Math.min(Math.max(x, plot().left), plot().right));
      setArea({ startMs: Math.min(atMs, drag.fixedMs), endMs: Math.max(atMs, drag.fixedMs) });
    } else if (Math.abs(x - drag.x) > clickSlackPx) {
      this.#effects.hover(null);
      this.#drag = { kind: 'area', fixedMs: plot().ms(Math.max(drag.x, plot().left)) };
      this.#dragTo(x);
    }
  }

  /** Zooms by how much the fingers moved apart, about the one that rests. */
  #pinch(pointer: number, x: number): void {
    const { plot, range, setView } = this.#effects;
    const [resting] = [...this.#pointers].find(([id]) => id !== pointer) ?? [];
    const anchor = this.#pointers.get(resting!)!;
    const before = Math.max(10, Math.abs(this.#pointers.get(pointer)! - anchor));
    const now = Math.max(10, Math.abs(x - anchor));
    this.#pointers.set(pointer, x);
    this.#drag = null;
    setView(zoomAbout(plot().view, now / before, plot().ms(anchor), range()));
  }

  readonly #onUp = (event: PointerEvent) => {
    this.#pointers.delete(event.pointerId);
    const drag = this.#drag;
    this.#drag = null;
    if (!drag || drag.kind === 'area') return;
    const isClick = Math.abs(this.#x(event.clientX) - drag.x) <= clickSlackPx;
    if (isClick && event.currentTarget === this.#surface) this.#effects.click(this.#point(event));
  };

  readonly #onCancel = (event: PointerEvent) => {
    this.#pointers.delete(event.pointerId);
    this.#drag = null;
  };
}
