import type { CompareTrend, CompareView } from '../../../src/compareview/compareView.ts';
import { element } from '../../shared/element.ts';
import type { Picture } from './distributionView.ts';
import { plotPicture } from './plotPicture.ts';
import { plotColours } from './plotStyle.ts';
import { ReadablePlot } from './readablePlot.ts';
import { drawShape, shapeColour, trendModel, trendShapes } from './trendModel.ts';

const shapePx = 14;

/** The primary metrics from run to run. */
export class TrendView {
  readonly root = element('div', { class: 'trends' });
  readonly #legend = element('ul', { class: 'legend trend-legend' });
  #plots: { caption: string; plot: ReadablePlot }[] = [];
  #shown: CompareView['trends'] | null = null;

  update(view: CompareView): void {
    if (view.trends === this.#shown) return;
    this.#shown = view.trends;
    const severalEndpoints = new Set(view.trends.map(({ endpoint }) => endpoint)).size > 1;
    this.#plots = view.trends.map((trend) => {
      const plot = new ReadablePlot();
      plot.set(trendModel(trend, view.runs));
      return { caption: captionOf(trend, severalEndpoints), plot };
    });
    const figures = this.#plots.map(({ caption, plot }) =>
      element('figure', {}, [element('figcaption', { dir: 'auto' }, caption), plot.root]),
    );
    this.#drawLegend();
    this.root.replaceChildren(this.#legend, element('div', { class: 'trend-plots' }, figures));
  }

  redraw(): void {
    this.#drawLegend();
    for (const { plot } of this.#plots) plot.redraw();
  }

  /** All of them below each other; null where none is drawn. */
  picture(): Picture | null {
    const parts = this.#plots.flatMap(({ caption, plot }) =>
      plot.picture ? [{ caption, canvas: plot.picture }] : [],
    );
    if (parts.length === 0) return null;
    const name = 'Runs over time';
    return { name, picture: plotPicture({ title: name, legend: [], parts }) };
  }

  #drawLegend(): void {
    const colours = plotColours();
    const items = trendShapes.map(({ shape, text }) => {
      const canvas = element('canvas', { aria: { hidden: true } });
      canvas.width = canvas.height = shapePx * devicePixelRatio;
      const ctx = canvas.getContext('2d')!;
      ctx.lineWidth = 2 * devicePixelRatio;
      ctx.strokeStyle = shapeColour(shape, colours);
      const middle = canvas.width / 2;
      drawShape(ctx, shape, { x: middle, y: middle, size: 4 * devicePixelRatio });
      return element('li', {}, [canvas, text]);
    });
    this.#legend.replaceChildren(...items);
  }
}

function captionOf({ label, endpoint, format }: CompareTrend, severalEndpoints: boolean): string {
  const unit = format.unit === '' ? '' : `, ${format.unit}`;
  return severalEndpoints ? `${label}${unit} (${endpoint})` : `${label}${unit}`;
}
