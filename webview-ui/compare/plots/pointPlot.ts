import type uPlot from 'uplot';
import { element } from '../../shared/element.ts';
import { ValueSlider } from '../../shared/valueSlider.ts';
import { Tooltip } from '../../timeline/canvas/tooltip.ts';
import { PlotCanvas, type PlotDrawing } from './plotCanvas.ts';

/** Something on a plot that can be read and opened. */
export interface PlotPoint {
  /** Of its marks, on the axes; the first is ringed when it is read. */
  x: number;
  ys: readonly number[];
  /** In a sentence. */
  spoken: string;
  /** Shown beside it. */
  lines: readonly string[];
  open: () => void;
}

export interface PointModel extends PlotDrawing {
  /** The plot in a sentence. */
  label: string;
  /** In the order in which the keyboard walks. */
  points: readonly PlotPoint[];
}

/** How far from a mark the pointer still means it, CSS pixels. */
const reachPx = 14;

/** A plot whose points the pointer and the arrow keys read, and a click or Enter opens. */
export class PointPlot {
  readonly root: HTMLElement;
  readonly #canvas = new PlotCanvas();
  readonly #ring = element('div', { class: 'point-ring', hidden: true });
  readonly #tooltip = new Tooltip();
  readonly #slider: ValueSlider;
  #model: PointModel | null = null;
  /** Where the keyboard is; null where it is elsewhere. */
  #keyed: PlotPoint | null = null;

  constructor() {
    const marks = [this.#canvas.root, this.#ring, this.#tooltip.root];
    this.root = element('div', { class: 'plot point-plot' }, marks);
    this.#slider = new ValueSlider(this.root, this.#sliderOptions());
    this.#listen();
  }

  set(model: PointModel): void {
    this.#model = model;
    this.#keyed = null;
    this.#slider.set(this.#sliderOptions());
    this.#read(null);
    this.#canvas.draw({ data: model.data, options: () => this.#optionsOf(model) });
  }

  /** Draws again, for example in the colours of another theme. */
  redraw(): void {
    this.#canvas.redraw();
  }

  /** What is drawn, to copy; null where nothing is. */
  get picture(): HTMLCanvasElement | null {
    return this.#canvas.picture;
  }

  /** Points are elsewhere after each drawing, as in another width. */
  #optionsOf(model: PointModel): ReturnType<PointModel['options']> {
    const { hooks, ...options } = model.options();
    const readAgain = () => {
      this.#read(this.#keyed);
    };
    return { ...options, hooks: { ...hooks, draw: [hooks?.draw ?? [], readAgain].flat() } };
  }

  #sliderOptions(): ConstructorParameters<typeof ValueSlider>[1] {
    const { label = 'Nothing to draw', points = [] } = this.#model ?? {};
    return {
      label,
      at: 0,
      values: points.map(({ spoken }, at) => ({ value: at + 1, spoken })),
      moved: (at) => {
        this.#keyed = (at === null ? null : points[at]) ?? null;
        this.#read(this.#keyed);
      },
    };
  }

  #listen(): void {
    const { root } = this;
    root.addEventListener('pointermove', (event) => {
      const point = this.#pointAt(event);
      root.classList.toggle('over-point', point !== null);
      this.#read(point ?? this.#keyed);
    });
    root.addEventListener('pointerleave', () => {
      this.#read(this.#keyed);
    });
    root.addEventListener('click', (event) => {
      this.#pointAt(event)?.open();
    });
    root.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !this.#keyed) return;
      event.preventDefault();
      this.#keyed.open();
    });
  }

  #pointAt({ clientX, clientY }: MouseEvent): PlotPoint | null {
    const { plot } = this.#canvas;
    if (!plot) return null;
    const { left, top } = plot.over.getBoundingClientRect();
    let least = reachPx;
    let nearest: PlotPoint | null = null;
    for (const point of this.#model?.points ?? []) {
      for (const y of point.ys) {
        const aside = plot.valToPos(point.x, 'x') - (clientX - left);
        const distance = Math.hypot(aside, plot.valToPos(y, 'y') - (clientY - top));
        if (distance > least) continue;
        least = distance;
        nearest = point;
      }
    }
    return nearest;
  }

  #read(point: PlotPoint | null): void {
    const { plot } = this.#canvas;
    this.#ring.hidden = !point || !plot;
    if (!point || !plot) {
      this.#tooltip.hide();
      return;
    }
    const { x, y } = placeOf(point, plot);
    this.#ring.style.transform = `translate(${x}px, ${y}px)`;
    this.#tooltip.show(point.lines, { x, y });
  }
}

/** Of a point's first mark, CSS pixels from the corner of the canvas. */
function placeOf({ x, ys: [y = 0] }: PlotPoint, plot: uPlot): { x: number; y: number } {
  const { offsetLeft, offsetTop } = plot.over;
  return { x: offsetLeft + plot.valToPos(x, 'x'), y: offsetTop + plot.valToPos(y, 'y') };
}
