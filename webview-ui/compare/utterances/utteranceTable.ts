import type { CompareRow, UtteranceRow } from '../../../src/compareview/compareView.ts';
import { formatDifference, formatFigure } from '../../../src/report/formatFigure.ts';
import { element, icon, spoken, type Child } from '../../shared/element.ts';
import type { GridSort } from '../../shared/gridSort.ts';
import { isStatus, statusLabel } from '../../shared/statusLabel.ts';
import { VirtualGrid, type GridColumn } from '../../shared/virtualGrid.ts';
import { deltaBar } from './deltaBar.ts';
import { changeKind, type ChangeKind } from './utteranceRanks.ts';

export interface UtteranceTableActions {
  choose: (row: UtteranceRow) => void;
  sort: (column: string) => void;
}

/** What the table is about: a row of the comparison, and the runs' letters. */
export interface UtteranceMetric {
  row: CompareRow;
  letters: readonly [string, string];
  /** The greatest change there is, in either direction. */
  reach: number;
}

/** The utterances of a pair, one line each. Where the keyboard is, is what is chosen. */
export class UtteranceTable {
  readonly root = element('div', { class: 'utterance-table' });
  readonly #actions: UtteranceTableActions;
  #grid: VirtualGrid<UtteranceRow> | null = null;
  #metric: UtteranceMetric | null = null;

  constructor(actions: UtteranceTableActions) {
    this.#actions = actions;
  }

  show(rows: readonly UtteranceRow[], metric: UtteranceMetric, sort: GridSort | null): void {
    const { letters } = metric;
    if (!this.#grid || letters.join(' ') !== this.#metric?.letters.join(' ')) {
      this.#grid = this.#makeGrid(letters);
      this.root.replaceChildren(this.#grid.root);
    }
    this.#metric = metric;
    this.#grid.setRows(rows);
    this.#grid.setSort(sort);
  }

  select(row: UtteranceRow | null, reveals: boolean): void {
    this.#grid?.setSelected(row);
    if (row && reveals) this.#grid?.reveal();
  }

  #makeGrid(letters: readonly [string, string]): VirtualGrid<UtteranceRow> {
    const { choose, sort } = this.#actions;
    return new VirtualGrid<UtteranceRow>({
      label: 'Utterances',
      id: 'utterances',
      columns: this.#columns(letters),
      onSelect: choose,
      onMove: choose,
      onSort: sort,
    });
  }

  #columns([a, b]: readonly [string, string]): GridColumn<UtteranceRow>[] {
    const figure = (side: 'a' | 'b', letter: string): GridColumn<UtteranceRow> => ({
      id: side,
      label: letter,
      description: `Run ${letter}, averaged over repeats`,
      class: 'col-figure',
      cell: (row) => formatFigure(row[side], this.#metric!.row.format),
    });
    return [
      { id: 'name', label: 'Utterance', class: 'col-name', cell: nameCell },
      figure('a', a),
      figure('b', b),
      {
        id: 'delta',
        label: 'Δ',
        description: `${b} − ${a}. Bars to the right: worse. Band: changes that do not matter.`,
        class: 'col-delta',
        cell: (row) => deltaCell(row, this.#metric!),
      },
      {
        id: 'status',
        label: 'Status',
        description: `How the sessions ended: ${a} → ${b}`,
        class: 'col-status',
        cell: statusCell,
      },
    ];
  }
}

function nameCell({ id, repeats }: UtteranceRow): Child[] {
  const { a, b } = repeats;
  const count = a === b ? `×${a}` : `×${a} / ×${b}`;
  return [
    element('span', { title: id, dir: 'auto' }, id),
    a === 1 && b === 1 ? null : element('span', { class: 'hint', title: 'Repeats' }, count),
  ];
}

const kindWords: Readonly<Record<ChangeKind, string>> = {
  worse: 'worse',
  better: 'better',
  other: 'changed',
  within: 'within noise',
};

function deltaCell({ delta }: UtteranceRow, { row, reach }: UtteranceMetric): Child[] {
  if (delta === null) return [element('span', { class: 'delta-figure' }, '–')];
  const kind = changeKind(delta, row);
  return [
    deltaBarCell(delta, row, reach),
    element('span', { class: `delta-figure change-${kind}`, title: kindWords[kind] }, [
      formatDifference(delta, row.format),
      spoken(`, ${kindWords[kind]}`),
    ]),
  ];
}

function deltaBarCell(delta: number, row: CompareRow, reach: number): HTMLElement {
  return element('span', { class: 'delta-bar-place' }, deltaBar(delta, row, reach) as Node);
}

function statusCell({ statusA, statusB }: UtteranceRow): Child[] {
  if (statusA === statusB) return [oneStatus(statusA)];
  return [oneStatus(statusA), icon('arrow-right'), spoken(' then '), oneStatus(statusB)];
}

function oneStatus(status: string): HTMLElement {
  return isStatus(status) ? statusLabel(status) : element('span', {}, status);
}
