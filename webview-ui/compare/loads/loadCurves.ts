import type { CompareRun } from '../../../src/compareview/compareView.ts';
import type { LoadChart, LoadView } from '../../../src/compareview/loadView.ts';
import { button } from '../../shared/controls.ts';
import { element, icon } from '../../shared/element.ts';
import { Choice } from '../choice.ts';
import type { CompareState, CompareStore } from '../compareState.ts';
import { legendItem } from '../plots/legendItem.ts';
import type { PictureLegend, PicturePart } from '../plots/plotPicture.ts';
import { plotColours } from '../plots/plotStyle.ts';
import { PointPlot } from '../plots/pointPlot.ts';
import { middleOf } from '../plots/pointShapes.ts';
import { curveStyle, tailColour } from './curveStyle.ts';
import { drawMark, limitDash } from './drawLoad.ts';
import { axisNames, loadAxes, type LoadAxis } from './loadAxis.ts';
import { loadModel } from './loadModel.ts';
import { loadTable } from './loadTable.ts';

const fewText = 'n too small for a 95 % interval';

export interface LoadActions {
  /** Opens the run at a place. */
  open: (run: number) => void;
  /** Saves a picture of the curves. */
  save: () => void;
}

/** Headline metrics by the load that the runs put on their endpoints. */
export class LoadCurves {
  readonly root: HTMLElement;
  readonly #actions: LoadActions;
  readonly #axis: Choice<LoadAxis>;
  readonly #legend = element('ul', { class: 'legend' });
  readonly #figures = element('div', { class: 'trend-plots' });
  readonly #table = element('div');
  #plots: { chart: LoadChart; plot: PointPlot }[] = [];
  #load: LoadView | null = null;
  #seen: readonly unknown[] = [];
  #shown = '';

  constructor(store: CompareStore, actions: LoadActions) {
    this.#actions = actions;
    const axes = loadAxes.map((value) => ({ value, label: axisNames[value] }));
    this.#axis = new Choice('Load by', axes, (loadAxis) => {
      store.update({ loadAxis });
    });
    const save = button(icon('file-media'), {
      appearance: 'icon',
      title: 'Save picture of the curves',
      aria: { label: 'Save picture of the curves' },
      on: { click: actions.save },
    });
    this.root = element('section', { class: 'by-load', aria: { label: 'By load' } }, [
      element('div', { class: 'part-head' }, [element('h2', {}, 'By load'), this.#axis.root, save]),
      this.#legend,
      this.#figures,
      element('details', {}, [element('summary', {}, 'Figures by load as a table'), this.#table]),
    ]);
  }

  update({ view, loadAxis }: CompareState): void {
    const { load = null, runs = [] } = view ?? {};
    this.root.hidden = load === null;
    if (!this.#isNew([load, loadAxis, runs])) return;
    this.#load = load;
    if (!load) return;
    this.#axis.set(loadAxis);
    this.#showCharts(load.charts);
    for (const { chart, plot } of this.#plots) {
      plot.set(loadModel({ load, chart, axis: loadAxis, runs, open: this.#actions.open }));
    }
    this.#drawLegend(load);
    this.#showTable(load, runs);
  }

  redraw(): void {
    if (!this.#load) return;
    this.#drawLegend(this.#load);
    for (const { plot } of this.#plots) plot.redraw();
  }

  /** What is drawn, for a picture; empty where nothing is. */
  get parts(): PicturePart[] {
    if (this.root.hidden) return [];
    return this.#plots.flatMap(({ chart, plot }) =>
      plot.picture ? [{ caption: captionOf(chart), canvas: plot.picture }] : [],
    );
  }

  get pictureLegend(): PictureLegend[] {
    return (this.#load?.curves ?? []).map(({ name }, at) => ({ text: name, ...curveStyle(at) }));
  }

  /** The same figures come again when files are read again: the reader stays where they are. */
  #isNew(now: readonly unknown[]): boolean {
    const isSame = now.every((each, at) => each === this.#seen[at]);
    this.#seen = now;
    const text = isSame ? this.#shown : JSON.stringify(now);
    if (text === this.#shown) return false;
    this.#shown = text;
    return true;
  }

  /** Plots stay where the same metrics are shown. */
  #showCharts(charts: readonly LoadChart[]): void {
    const plots = charts.map((chart) => {
      const before = this.#plots.find((one) => one.chart.key === chart.key);
      return { chart, plot: before?.plot ?? new PointPlot() };
    });
    const isSame = plots.length === this.#plots.length && plots.every(hasPlace(this.#plots));
    this.#plots = plots;
    if (isSame) return;
    const figures = plots.map(({ chart, plot }) =>
      element('figure', {}, [element('figcaption', {}, captionOf(chart)), plot.root]),
    );
    this.#figures.replaceChildren(...figures);
  }

  #showTable(load: LoadView, runs: readonly CompareRun[]): void {
    const { open } = this.#actions;
    this.#table.replaceChildren(
      loadTable({ load, runs, open }),
      ...(hasFew(load) ? [element('p', { class: 'hint' }, `* ${fewText}`)] : []),
    );
  }

  #drawLegend(load: LoadView): void {
    const { curves, charts } = load;
    const colours = plotColours();
    const first = curveStyle(0).colour;
    const hasTail = charts.some(({ isDistribution }) => isDistribution);
    const hasLimit = charts.some(({ limits }) => limits.length > 0);
    const mark = (isMissed: boolean, enough: boolean) => (ctx: CanvasRenderingContext2D) => {
      drawMark(ctx, { isMissed, enough }, middleOf(ctx), colours.foreground);
    };
    this.#legend.replaceChildren(
      ...curves.map(({ name }, at) => lineItem(name, curveStyle(at))),
      ...(hasTail
        ? [lineItem('p95, lighter than p50', { colour: tailColour(first), dash: [] })]
        : []),
      ...(hasLimit
        ? [
            lineItem('limit of a threshold', { colour: colours.text, dash: limitDash }),
            legendItem('misses a limit', mark(true, true)),
          ]
        : []),
      ...(hasFew(load) ? [legendItem(fewText, mark(false, false))] : []),
    );
  }
}

function lineItem(text: string, { colour, dash }: { colour: string; dash: readonly number[] }) {
  return legendItem(
    text,
    (ctx) => {
      const { width, height } = ctx.canvas;
      ctx.strokeStyle = colour;
      ctx.setLineDash(dash.map((length) => length * devicePixelRatio));
      ctx.beginPath();
      ctx.moveTo(0, height / 2);
      ctx.lineTo(width, height / 2);
      ctx.stroke();
    },
    26,
  );
}

function hasFew({ curves }: LoadView): boolean {
  const figures = curves.flatMap(({ points }) =>
    points.flatMap((point) => Object.values(point.figures)),
  );
  return figures.some(({ main, tail }) => [main, tail].some((figure) => figure?.enough === false));
}

function hasPlace(plots: readonly { plot: PointPlot }[]) {
  return ({ plot }: { plot: PointPlot }, at: number) => plots[at]?.plot === plot;
}

function captionOf({ label, format }: LoadChart): string {
  return format.unit === '' ? label : `${label}, ${format.unit}`;
}
