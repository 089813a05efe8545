import type { CompareView } from '../../src/compareview/compareView.ts';
import { button } from '../shared/controls.ts';
import { element, icon } from '../shared/element.ts';
import { showsAllRuns, type CompareState, type CompareStore } from './compareState.ts';
import type { Picture } from './plots/distributionView.ts';
import { TrendView } from './plots/trendView.ts';
import { runsTables } from './runsTable.ts';

/** More than two runs beside each other: against the baseline, and over time. */
export class AllRunsView {
  readonly root: HTMLElement;
  readonly #store: CompareStore;
  readonly #primary = element('div', { class: 'runs-tables' });
  readonly #exploratory = element('div', { class: 'runs-tables' });
  readonly #trends = new TrendView();
  #shown: CompareView | null = null;

  constructor(store: CompareStore, savePicture: () => void) {
    this.#store = store;
    const save = button(icon('file-media'), {
      appearance: 'icon',
      title: 'Save picture of the plots',
      aria: { label: 'Save picture of the plots' },
      on: { click: savePicture },
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
    if (this.root.hidden || !view || view === this.#shown) return;
    this.#shown = view;
    const open = (pair: string, row: string) => {
      this.#store.update({ allRuns: false, pair, row, utterance: null });
    };
    this.#primary.replaceChildren(...runsTables(view, 'primary', open));
    this.#exploratory.replaceChildren(...runsTables(view, 'exploratory', open));
    this.#trends.update(view);
  }

  redraw(): void {
    this.#trends.redraw();
  }

  picture(): Picture | null {
    return this.#trends.picture();
  }
}
