import type { CompareRow } from '../../src/compareview/compareView.ts';
import { element } from '../shared/element.ts';
import { VirtualGrid, type GridColumn } from '../shared/virtualGrid.ts';
import { shownPair, shownRow, type CompareState, type CompareStore } from './compareState.ts';
import { intervalBar } from './intervalBar.ts';
import { nextSort, sortRows } from './sortRows.ts';
import { verdictLabel } from './verdicts.ts';

type Family = CompareRow['family'];

interface FamilyText {
  title: string;
  hint: string;
}

const texts: Readonly<Record<Family, FamilyText>> = {
  primary: {
    title: 'Primary metrics',
    hint: 'The conclusion rests on these: together they raise a false alarm as rarely as one.',
  },
  exploratory: {
    title: 'Exploratory metrics',
    hint: 'Not protected against chance findings: the more rows, the more of them differ by luck.',
  },
};

/** The rows of one family of metrics. Where the keyboard is, is what is chosen. */
export class MetricTable {
  readonly root: HTMLElement;
  readonly #family: Family;
  readonly #store: CompareStore;
  readonly #count = element('span', { class: 'count' });
  #grid: VirtualGrid<CompareRow>;
  #letters = '';
  #shown: CompareRow[] = [];

  constructor(family: Family, store: CompareStore) {
    this.#family = family;
    this.#store = store;
    this.#grid = this.#makeGrid(['A', 'B']);
    const { title, hint } = texts[family];
    this.root = element('section', { class: `metrics metrics-${family}` }, [
      element('div', { class: 'part-head' }, [
        element('h2', {}, title),
        this.#count,
        element('p', { class: 'hint' }, hint),
      ]),
      this.#grid.root,
    ]);
  }

  /** In the order in sight. */
  get rows(): readonly CompareRow[] {
    return this.#shown;
  }

  focus(): void {
    this.#grid.root.focus();
  }

  update(state: CompareState): void {
    const pair = shownPair(state);
    this.#setLetters([pair?.a.letter ?? 'A', pair?.b.letter ?? 'B']);
    const mine = pair?.rows.filter(({ family }) => family === this.#family) ?? [];
    const sorted = sortRows(mine, state.sort);
    if (!sameRows(sorted, this.#shown)) {
      this.#shown = sorted;
      this.#grid.root.style.setProperty('--rows', String(sorted.length));
      this.#grid.setRows(sorted);
      this.root.hidden = sorted.length === 0;
      this.#count.textContent = String(sorted.length);
    }
    this.#grid.setSort(state.sort);
    const chosen = shownRow(state);
    this.#grid.setSelected(chosen && this.#shown.includes(chosen) ? chosen : null);
  }

  /** The columns are named after the runs. */
  #setLetters(letters: [string, string]): void {
    if (letters.join(' ') === this.#letters) return;
    this.#letters = letters.join(' ');
    const before = this.#grid;
    this.#grid = this.#makeGrid(letters);
    before.root.replaceWith(this.#grid.root);
    this.#shown = [];
  }

  #makeGrid(letters: [string, string]): VirtualGrid<CompareRow> {
    const choose = (row: CompareRow) => {
      this.#store.update({ row: row.key });
    };
    return new VirtualGrid<CompareRow>({
      label: texts[this.#family].title,
      id: `metrics-${this.#family}`,
      columns: columnsFor(letters),
      onSelect: choose,
      onMove: choose,
      onSort: (column) => {
        this.#store.update({ sort: nextSort(this.#store.state.sort, column) });
      },
    });
  }
}

function columnsFor([a, b]: [string, string]): GridColumn<CompareRow>[] {
  return [
    { id: 'name', label: 'Metric', class: 'col-name', cell: nameCell },
    figureColumn('a', a, `Run ${a}`),
    figureColumn('b', b, `Run ${b}`),
    figureColumn('delta', 'Δ', `${b} − ${a}; sorts by how much worse, as a share of ${a}`),
    figureColumn('deltaShare', 'Δ %', `${b} − ${a} as a share of ${a}; sorts by how much worse`),
    {
      id: 'interval',
      label: '95 % interval',
      description: 'Of Δ. Line in the middle: no change. Band: changes that do not matter.',
      class: 'col-interval',
      cell: (row) => [intervalBar(row), element('span', {}, row.cells.interval)],
    },
    {
      id: 'verdict',
      label: 'Verdict',
      class: 'col-verdict',
      cell: ({ verdict, change }) => verdictLabel(verdict, change?.delta ?? null),
    },
    figureColumn('n', 'n', 'How many utterances (sessions for rates) the row rests on'),
  ];
}

type FigureId = 'a' | 'b' | 'delta' | 'deltaShare' | 'n';

function figureColumn(id: FigureId, label: string, description: string): GridColumn<CompareRow> {
  return {
    id,
    label,
    description,
    class: `col-figure col-${id}`,
    cell: ({ cells }) => element('span', {}, cells[id]),
  };
}

function nameCell({ label, short }: CompareRow): HTMLElement[] {
  const long = element('span', { class: 'name-long', title: label, dir: 'auto' }, label);
  return short === label
    ? [long]
    : [long, element('span', { class: 'name-short', dir: 'auto' }, short)];
}

function sameRows(some: readonly CompareRow[], others: readonly CompareRow[]): boolean {
  return some.length === others.length && some.every((row, at) => row === others[at]);
}
