import type { CompareAction } from '../../src/compareview/compareActions.ts';
import { element } from '../shared/element.ts';
import type { Post } from './comparePart.ts';
import {
  showsAllRuns,
  shownPair,
  shownRow,
  type CompareState,
  type CompareStore,
} from './compareState.ts';
import { differenceAfter } from './differences.ts';
import { GateView } from './gateView.ts';
import { MetricTable } from './metricTable.ts';
import { PairExtras } from './pairExtras.ts';
import type { Picture } from './plots/distributionView.ts';
import { RowDetail } from './rowDetail.ts';

/** One pair of runs: whether they can be compared, what changed, and how. */
export class PairView {
  readonly root: HTMLElement;
  readonly #store: CompareStore;
  readonly #gate = new GateView();
  readonly #primary: MetricTable;
  readonly #exploratory: MetricTable;
  readonly #detail: RowDetail;
  readonly #extras = new PairExtras();

  /** @param utterances what follows the metrics */
  constructor(
    store: CompareStore,
    { post, savePicture }: { post: Post; savePicture: () => void },
    utterances: readonly HTMLElement[],
  ) {
    this.#store = store;
    this.#primary = new MetricTable('primary', store);
    this.#exploratory = new MetricTable('exploratory', store);
    this.#detail = new RowDetail(store, post, savePicture);
    const metrics = element('div', { class: 'metric-parts' }, [
      this.#primary.root,
      this.#detail.root,
      this.#exploratory.root,
    ]);
    this.root = element('div', { class: 'pair' }, [
      this.#gate.root,
      metrics,
      ...utterances,
      this.#extras.root,
    ]);
  }

  update(state: CompareState): void {
    this.root.hidden = showsAllRuns(state) || shownPair(state) === null;
    if (this.root.hidden) return;
    const pair = shownPair(state);
    this.#gate.update(pair);
    this.#primary.update(state);
    this.#exploratory.update(state);
    this.#detail.update(state);
    this.#extras.update(pair);
  }

  redraw(): void {
    this.#detail.redraw();
  }

  picture(): Picture | null {
    return this.#detail.picture();
  }

  /** Goes to another row whose change is real. */
  goToDifference(action: Exclude<CompareAction, 'swapSides'>): void {
    const rows = [...this.#primary.rows, ...this.#exploratory.rows];
    const row = differenceAfter(rows, shownRow(this.#store.state), action);
    if (!row) return;
    this.#store.update({ row: row.key });
    const table = this.#primary.rows.includes(row) ? this.#primary : this.#exploratory;
    table.focus();
  }
}
