import type uPlot from 'uplot';
import { element } from '../../shared/element.ts';
import { themeColour } from '../../shared/theme.ts';
import { ValueSlider } from '../../shared/valueSlider.ts';
import { PlotCanvas, type PlotDrawing } from './plotCanvas.ts';

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
  readonly #canvas = new PlotCanvas();
  readonly #readout = element('div', { class: 'plot-readout', aria: { hidden: true } });
  readonly #slider: ValueSlider;
  #model: PlotModel | null = null;

  constructor() {
    this.root = element('div', { class: 'plot' }, [this.#canvas.root, this.#readout]);
    this.#slider = new ValueSlider(this.root, this.#sliderOptions(null));
  }

  set(model: PlotModel | null): void {
    this.#model = model;
    this.#slider.set(this.#sliderOptions(model));
    this.#read(null);
    this.#canvas.draw(model && this.#drawingOf(model));
  }

  /** Draws again, for example in the colours of another theme. */
  redraw(): void {
    this.#canvas.redraw();
  }

  /** What is drawn, to copy; null where nothing is. */
  get picture(): HTMLCanvasElement | null {
    return this.#canvas.picture;
  }

  #drawingOf(model: PlotModel): PlotDrawing {
    return {
      data: model.data,
      options: () => ({
        ...model.options(),
        cursor: {
          y: false,
          drag: { x: false, y: false },
          points: { size: 5, fill: themeColour('foreground', 'foreground') },
        },
        hooks: this.#hooks(model),
      }),
    };
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
    const { plot } = this.#canvas;
    if (!plot) return;
    const left = x === undefined ? -10 : plot.valToPos(x, 'x');
    plot.setCursor({ left, top: x === undefined ? -10 : 1 }, false);
  }
}

function nearestReading({ readings }: PlotModel, x: number): number {
  let nearest = 0;
  for (const [at, reading] of readings.entries()) {
    if (Math.abs(reading.x - x) <= Math.abs(readings[nearest]!.x - x)) nearest = at;
  }
  return nearest;
}
