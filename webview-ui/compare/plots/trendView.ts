import type { CompareTrend, CompareView } from '../../../src/compareview/compareView.ts';
import { element } from '../../shared/element.ts';
import { legendItem } from './legendItem.ts';
import type { PicturePart } from './plotPicture.ts';
import { plotColours } from './plotStyle.ts';
import { middleOf, traceShape } from './pointShapes.ts';
import { ReadablePlot } from './readablePlot.ts';
import { shapeColour, trendModel, trendShapes } from './trendModel.ts';

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

  /** What is drawn, for a picture; empty where nothing is. */
  get parts(): PicturePart[] {
    return this.#plots.flatMap(({ caption, plot }) =>
      plot.picture ? [{ caption, canvas: plot.picture }] : [],
    );
  }

  #drawLegend(): void {
    const colours = plotColours();
    const items = trendShapes.map(({ shape, text }) => {
      return legendItem(text, (ctx) => {
        ctx.strokeStyle = shapeColour(shape, colours);
        traceShape(ctx, shape, middleOf(ctx));
        ctx.stroke();
      });
    });
    this.#legend.replaceChildren(...items);
  }
}

function captionOf({ label, endpoint, format }: CompareTrend, severalEndpoints: boolean): string {
  const unit = format.unit === '' ? '' : `, ${format.unit}`;
  return severalEndpoints ? `${label}${unit} (${endpoint})` : `${label}${unit}`;
}
