import type { Stretch } from '../../../src/timeline/timelineSession.ts';
import { clampView, fullRange, spanOf } from '../../../src/timeline/viewport.ts';
import { element } from '../../shared/element.ts';
import type { TimelineStore } from '../timelineState.ts';
import { draggedView, windowPartAt, type WindowPart } from './minimapWindow.ts';
import { Plot } from './plot.ts';
import { Surface } from './surface.ts';

const heightPx = 44;
/** The window is never narrower on the screen, so that it can be seen and dragged. */
const leastWindowPx = 6;
/** All of the axis at once, with a window that shows and moves the part in sight. */
export class Minimap {
  readonly root: HTMLElement;
  readonly surface = new Surface('minimap-canvas');
  readonly #store: TimelineStore;
  readonly #window = element('div', { class: 'minimap-window' });
  #width = 0;
  #drag: { part: WindowPart; atMs: number; view: Stretch } | null = null;

  constructor(store: TimelineStore) {
    this.#store = store;
    this.root = element('div', { class: 'minimap', aria: { hidden: true } }, [
      this.surface.canvas,
      this.#window,
    ]);
    this.root.addEventListener('pointerdown', this.#onDown);
    this.root.addEventListener('pointermove', this.#onMove);
    for (const end of ['pointerup', 'pointercancel'] as const) {
      this.root.addEventListener(end, () => {
        this.#drag = null;
      });
    }
  }

  /** Returns whether that cleared the drawing. */
  resize(width: number, ratio: number): boolean {
    this.#width = width;
    return this.surface.resize(width, heightPx, ratio);
  }

  /** The plot of the whole range. */
  plot(): Plot {
    return new Plot(fullRange(this.#store.state.lanes), 0, this.#width, this.surface.ratio);
  }

  placeWindow(): void {
    const { view } = this.#store.state;
    const plot = this.plot();
    const x = Math.max(0, plot.exactX(view.startMs));
    const end = Math.min(this.#width, plot.exactX(view.endMs));
    const width = Math.max(leastWindowPx, end - x);
    this.#window.style.left = `${Math.min(x, this.#width - width)}px`;
    this.#window.style.width = `${width}px`;
  }

  readonly #onDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    event.preventDefault();
    this.root.setPointerCapture(event.pointerId);
    const plot = this.plot();
    const { view } = this.#store.state;
    const x = event.clientX - this.root.getBoundingClientRect().left;
    const atMs = plot.ms(x);
    const part = windowPartAt(x, plot.exactX(view.startMs), plot.exactX(view.endMs));
    this.#drag = { part: part ?? 'window', atMs, view };
    if (part === null) this.#centre(atMs);
  };

  readonly #onMove = (event: PointerEvent) => {
    const drag = this.#drag;
    const plot = this.plot();
    const x = event.clientX - this.root.getBoundingClientRect().left;
    if (!drag) {
      const { view } = this.#store.state;
      const part = windowPartAt(x, plot.exactX(view.startMs), plot.exactX(view.endMs));
      this.root.style.cursor = part === 'window' ? 'grab' : part ? 'ew-resize' : 'pointer';
      return;
    }
    const byMs = plot.ms(x) - drag.atMs;
    this.#store.update({ view: draggedView(drag.part, drag.view, byMs, plot.view) });
  };

  /** Moves the window to a place; dragging goes on from there. */
  #centre(atMs: number): void {
    const { view, lanes } = this.#store.state;
    const half = spanOf(view) / 2;
    const moved = clampView({ startMs: atMs - half, endMs: atMs + half }, fullRange(lanes));
    this.#drag = { part: 'window', atMs, view: moved };
    this.#store.update({ view: moved });
  }
}
