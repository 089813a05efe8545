import uPlot from 'uplot';
import { element } from '../../shared/element.ts';

export interface PlotDrawing {
  /** In the colours of the theme, so made anew for each drawing. */
  options: () => Omit<uPlot.Options, 'width' | 'height' | 'legend'>;
  data: uPlot.AlignedData;
}

/** Where a plot is drawn, as wide as its place is. Its height is the style sheet's. */
export class PlotCanvas {
  readonly root = element('div', { class: 'plot-canvas' });
  #drawing: PlotDrawing | null = null;
  #plot: uPlot | null = null;

  constructor() {
    new ResizeObserver(() => {
      this.#resize();
    }).observe(this.root);
  }

  /** What is drawn; null where nothing is. */
  get plot(): uPlot | null {
    return this.#plot;
  }

  /** To copy; null where nothing is drawn. */
  get picture(): HTMLCanvasElement | null {
    return this.#plot?.ctx.canvas ?? null;
  }

  draw(drawing: PlotDrawing | null): void {
    this.#drawing = drawing;
    this.redraw();
  }

  /** Draws again, for example in the colours of another theme. */
  redraw(): void {
    this.#plot?.destroy();
    this.#plot = null;
    const { clientWidth: width, clientHeight: height } = this.root;
    if (!this.#drawing || width === 0) return;
    const { options, data } = this.#drawing;
    const sized = { ...options(), width, height, legend: { show: false } };
    this.#plot = new uPlot(sized, data, this.root);
  }

  #resize(): void {
    const { clientWidth: width, clientHeight: height } = this.root;
    if (width === 0) return;
    if (this.#plot) this.#plot.setSize({ width, height });
    else this.redraw();
  }
}
