import uPlot from 'uplot';
import { element } from '../../shared/element.ts';
import { themeColour } from '../../shared/theme.ts';
import { ValueSlider } from '../../shared/valueSlider.ts';

/** What can be read off a plot at one place. */
export interface Reading {
  /** On the horizontal axis. */
  x: number;
  text: string;
}

export interface PlotModel {
  /** The plot in a sentence. */
  label: string;
  data: uPlot.AlignedData;
  /** Ascending. */
  readings: readonly Reading[];
  /** Where the keyboard begins. */
  start: number;
  /** In the colours of the theme, so made anew for each drawing. */
  options: () => Omit<uPlot.Options, 'width' | 'height' | 'legend' | 'cursor'>;
}

/** A plot that the pointer and the arrow keys read as text. Its height is the style sheet's. */
export class ReadablePlot {
  readonly root: HTMLElement;
  readonly #canvas = element('div', { class: 'plot-canvas' });
  readonly #readout = element('div', { class: 'plot-readout', aria: { hidden: true } });
  readonly #slider: ValueSlider;
  #model: PlotModel | null = null;
  #plot: uPlot | null = null;

  constructor() {
    this.root = element('div', { class: 'plot' }, [this.#canvas, this.#readout]);
    this.#slider = new ValueSlider(this.root, this.#sliderOptions(null));
    new ResizeObserver(() => {
      this.#resize();
    }).observe(this.#canvas);
  }

  set(model: PlotModel | null): void {
    this.#model = model;
    this.#slider.set(this.#sliderOptions(model));
    this.#read(null);
    this.redraw();
  }

  /** Draws again, for example in the colours of another theme. */
  redraw(): void {
    this.#plot?.destroy();
    this.#plot = null;
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    const model = this.#model;
    if (!model || width === 0) return;
    const pointColour = themeColour('foreground', 'foreground');
    this.#plot = new uPlot(
      {
        ...model.options(),
        width,
        height,
        legend: { show: false },
        cursor: { y: false, drag: { x: false, y: false }, points: { size: 5, fill: pointColour } },
        hooks: this.#hooks(model),
      },
      model.data,
      this.#canvas,
    );
  }

  /** What is drawn, to copy; null where nothing is. */
  get picture(): HTMLCanvasElement | null {
    return this.#plot?.ctx.canvas ?? null;
  }

  #hooks(model: PlotModel): uPlot.Hooks.Arrays {
    const { hooks } = model.options();
    const pointed = (plot: uPlot) => {
      const { left = -1 } = plot.cursor;
      this.#read(left < 0 ? null : nearestReading(model, plot.posToVal(left, 'x')));
    };
    return { ...hooks, setCursor: [pointed] };
  }

  #read(at: number | null): void {
    this.#readout.textContent = at === null ? '' : (this.#model?.readings[at]?.text ?? '');
  }

  #sliderOptions(model: PlotModel | null): ConstructorParameters<typeof ValueSlider>[1] {
    return {
      label: model?.label ?? 'Nothing to draw',
      at: model?.start ?? 0,
      values: (model?.readings ?? []).map(({ x, text }) => ({ value: x, spoken: text })),
      moved: (at) => {
        this.#moveCursor(at);
        this.#read(at);
      },
    };
  }

  /** Without asking what is under it: readings may be closer than pixels. */
  #moveCursor(at: number | null): void {
    const x = at === null ? undefined : this.#model?.readings[at]?.x;
    const plot = this.#plot;
    if (!plot) return;
    const left = x === undefined ? -10 : plot.valToPos(x, 'x');
    plot.setCursor({ left, top: x === undefined ? -10 : 1 }, false);
  }

  #resize(): void {
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    if (width === 0) return;
    if (this.#plot) this.#plot.setSize({ width, height });
    else this.redraw();
  }
}

function nearestReading({ readings }: PlotModel, x: number): number {
  let nearest = 0;
  for (const [at, reading] of readings.entries()) {
    if (Math.abs(reading.x - x) <= Math.abs(readings[nearest]!.x - x)) nearest = at;
  }
  return nearest;
}
