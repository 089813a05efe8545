import type { ComparePair, CompareRow } from '../../../src/compareview/compareView.ts';
import { button } from '../../shared/controls.ts';
import { element, icon } from '../../shared/element.ts';
import { Choice } from '../choice.ts';
import { shownPair, shownRow, type CompareState, type CompareStore } from '../compareState.ts';
import { svg } from '../svg.ts';
import {
  curveModel,
  differenceModel,
  histogramModel,
  subjectOf,
  type DistributionSubject,
} from './distributionModels.ts';
import { isPositive } from './distributions.ts';
import { plotPicture } from './plotPicture.ts';
import { dashOfB, plotColours } from './plotStyle.ts';
import { ReadablePlot } from './readablePlot.ts';

export interface Picture {
  name: string;
  picture: string;
}

/** The values of the chosen row in both runs, laid over each other, and how they differ. */
export class DistributionView {
  readonly root: HTMLElement;
  readonly #legend = element('ul', { class: 'legend' });
  readonly #kind: Choice<CompareState['plot']>;
  readonly #scale: Choice<CompareState['scale']>;
  readonly #overlay = new ReadablePlot();
  readonly #difference = new ReadablePlot();
  readonly #captions = [element('figcaption'), element('figcaption')] as const;
  readonly #plots: HTMLElement;
  readonly #nothing = element('p', { class: 'plot-nothing hint' });
  readonly #save: HTMLElement;
  #shown: readonly unknown[] = [];
  #subject: DistributionSubject | null = null;

  /** @param save takes a picture of both plots */
  constructor(store: CompareStore, save: () => void) {
    this.#kind = new Choice(
      'Kind of plot',
      [
        { value: 'ecdf', label: 'Cumulative' },
        { value: 'histogram', label: 'Histogram' },
      ],
      (plot) => {
        store.update({ plot });
      },
    );
    this.#scale = new Choice(
      'Scale of the values',
      [
        { value: 'linear', label: 'Linear' },
        { value: 'log', label: 'Log' },
      ],
      (scale) => {
        store.update({ scale });
      },
    );
    this.#save = button(icon('file-media'), {
      appearance: 'icon',
      title: 'Save picture of the plots',
      aria: { label: 'Save picture of the plots' },
      on: { click: save },
    });
    this.#plots = element('div', { class: 'plots' }, [
      element('figure', {}, [this.#captions[0], this.#overlay.root]),
      element('figure', {}, [this.#captions[1], this.#difference.root]),
    ]);
    this.root = element('div', { class: 'distributions' }, [
      element('div', { class: 'plot-tools' }, [
        this.#legend,
        this.#kind.root,
        this.#scale.root,
        this.#save,
      ]),
      element('div', { class: 'plot-place' }, [this.#plots, this.#nothing]),
    ]);
  }

  update(state: CompareState): void {
    const pair = shownPair(state);
    const row = shownRow(state);
    const now = [pair, row, state.plot, state.scale];
    if (now.every((each, at) => each === this.#shown[at])) return;
    this.#shown = now;
    const hasValues = row !== null && row.values.a.length > 0 && row.values.b.length > 0;
    this.#subject = pair && hasValues ? subjectOf(pair, row) : null;
    this.#plots.hidden = this.#subject === null;
    this.#nothing.textContent = this.#subject || !row ? '' : whyNothing(row);
    this.#legend.replaceChildren(...(pair ? legendOf(pair) : []));
    this.#kind.set(state.plot);
    this.#scale.set(state.scale);
    this.#draw(state);
  }

  redraw(): void {
    this.#overlay.redraw();
    this.#difference.redraw();
  }

  /** Both plots below each other; null where nothing is drawn. */
  picture(): Picture | null {
    const subject = this.#subject;
    const [overlay, difference] = [this.#overlay.picture, this.#difference.picture];
    if (!subject || !overlay || !difference) return null;
    const { row, letters } = subject;
    const name = `${row.label}, ${letters.join(' and ')}`;
    const colours = plotColours();
    const picture = plotPicture({
      title: name,
      legend: [
        { text: letters[0], colour: colours.a, dash: [] },
        { text: letters[1], colour: colours.b, dash: dashOfB },
      ],
      parts: [
        { caption: this.#captions[0].textContent, canvas: overlay },
        { caption: this.#captions[1].textContent, canvas: difference },
      ],
    });
    return { name, picture };
  }

  #draw({ plot, scale }: CompareState): void {
    const subject = this.#subject;
    if (!subject) {
      this.#overlay.set(null);
      this.#difference.set(null);
      return;
    }
    const { row, letters } = subject;
    const canBeLog = isPositive(row.values);
    this.#scale.disable('log', canBeLog ? null : 'There are values that are not above zero');
    const isLog = scale === 'log' && canBeLog;
    if (!canBeLog) this.#scale.set('linear');
    const { unit, differenceUnit } = row.format;
    const what = plot === 'ecdf' ? 'Share of values up to x' : 'Share of values';
    this.#captions[0].textContent = withUnit(what, unit);
    this.#captions[1].textContent = withUnit(
      `${letters[1]} − ${letters[0]} at each percentile`,
      differenceUnit,
    );
    this.#overlay.set(
      plot === 'ecdf' ? curveModel(subject, isLog) : histogramModel(subject, isLog),
    );
    this.#difference.set(differenceModel(subject));
  }
}

function withUnit(text: string, unit: string): string {
  return unit === '' ? text : `${text}, ${unit}`;
}

function whyNothing({ change }: CompareRow): string {
  return change === null
    ? 'One of the runs has no values of it.'
    : 'A rate of the whole run: there is no distribution to draw.';
}

function legendOf({ a, b }: ComparePair): HTMLElement[] {
  return [
    ['a', a.letter],
    ['b', b.letter],
  ].map(([side, letter]) =>
    element('li', { class: `side-${side!}` }, [lineSample(side!), ` ${letter!}`]),
  );
}

/** How the side's line is drawn. */
function lineSample(side: string): HTMLElement {
  const sample = element('span', { class: 'line-sample', aria: { hidden: true } });
  const line = { class: `line-${side}`, x1: 0, x2: 26, y1: 5, y2: 5 };
  sample.append(svg('svg', { width: 26, height: 10 }, [svg('line', line)]));
  return sample;
}
