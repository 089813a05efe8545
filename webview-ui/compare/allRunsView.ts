import type { CompareView } from '../../src/compareview/compareView.ts';
import { button } from '../shared/controls.ts';
import { element, icon } from '../shared/element.ts';
import type { Post } from './comparePart.ts';
import { showsAllRuns, type CompareState, type CompareStore } from './compareState.ts';
import { LoadCurves } from './loads/loadCurves.ts';
import type { Picture } from './plots/distributionView.ts';
import { plotPicture, type PictureLegend, type PicturePart } from './plots/plotPicture.ts';
import { TrendView } from './plots/trendView.ts';
import { runsTables } from './runsTable.ts';

/** More than two runs beside each other: against the baseline, by load, and over time. */
export class AllRunsView {
  readonly root: HTMLElement;
  readonly #store: CompareStore;
  readonly #primary = element('div', { class: 'runs-tables' });
  readonly #exploratory = element('div', { class: 'runs-tables' });
  readonly #curves: LoadCurves;
  readonly #trends = new TrendView();
  #shown: CompareView | null = null;

  constructor(
    store: CompareStore,
    { post, savePicture }: { post: Post; savePicture: (picture: Picture | null) => void },
  ) {
    this.#store = store;
    this.#curves = new LoadCurves(store, {
      open: (run) => {
        post({ type: 'openRun', run });
      },
      save: () => {
        savePicture(this.#curvesPicture());
      },
    });
    const save = button(icon('file-media'), {
      appearance: 'icon',
      title: 'Save picture of the plots',
      aria: { label: 'Save picture of the plots' },
      on: {
        click: () => {
          savePicture(this.#trendsPicture());
        },
      },
    });
    this.root = element('section', { class: 'all-runs', aria: { label: 'All runs' } }, [
      element('div', { class: 'part-head' }, [
        element('h2', {}, 'Against the baseline'),
        element(
          'p',
          { class: 'hint' },
          'Each cell: value, change and verdict. Enter opens the pair.',
        ),
      ]),
      this.#primary,
      this.#curves.root,
      element('div', { class: 'part-head' }, [element('h2', {}, 'Over time'), save]),
      this.#trends.root,
      element('details', { class: 'more-runs' }, [
        element('summary', {}, 'Exploratory metrics, not protected against chance findings'),
        this.#exploratory,
      ]),
    ]);
  }

  update(state: CompareState): void {
    this.root.hidden = !showsAllRuns(state);
    const { view } = state;
    if (this.root.hidden || !view) return;
    this.#curves.update(state);
    if (view === this.#shown) return;
    this.#shown = view;
    const open = (pair: string, row: string) => {
      this.#store.update({ allRuns: false, pair, row, utterance: null });
    };
    this.#primary.replaceChildren(...runsTables(view, 'primary', open));
    this.#exploratory.replaceChildren(...runsTables(view, 'exploratory', open));
    this.#trends.update(view);
  }

  redraw(): void {
    this.#curves.redraw();
    this.#trends.redraw();
  }

  /** All plots below each other; null where none is drawn. */
  picture(): Picture | null {
    const { parts, pictureLegend } = this.#curves;
    if (parts.length === 0) return this.#trendsPicture();
    const name = 'Runs by load and over time';
    return pictureOf(name, [...parts, ...this.#trends.parts], pictureLegend);
  }

  #curvesPicture(): Picture | null {
    const { parts, pictureLegend } = this.#curves;
    return pictureOf('Runs by load', parts, pictureLegend);
  }

  #trendsPicture(): Picture | null {
    return pictureOf('Runs over time', this.#trends.parts, []);
  }
}

function pictureOf(
  name: string,
  parts: readonly PicturePart[],
  legend: readonly PictureLegend[],
): Picture | null {
  return parts.length === 0 ? null : { name, picture: plotPicture({ title: name, legend, parts }) };
}
