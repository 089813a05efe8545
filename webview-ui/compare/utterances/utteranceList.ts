import type { CompareAction } from '../../../src/compareview/compareActions.ts';
import type { ToCompare } from '../../../src/compareview/compareMessages.ts';
import type {
  ComparePair,
  CompareRow,
  CompareView,
  UtteranceRow,
} from '../../../src/compareview/compareView.ts';
import { formatDifference } from '../../../src/report/formatFigure.ts';
import { textField, type ValueControl } from '../../shared/controls.ts';
import { element } from '../../shared/element.ts';
import { Choice } from '../choice.ts';
import type { ComparePart, Post } from '../comparePart.ts';
import {
  showsAllRuns,
  shownPair,
  shownRow,
  type CompareState,
  type CompareStore,
} from '../compareState.ts';
import { nextSort } from '../sortRows.ts';
import { isJudged } from '../verdicts.ts';
import { ScatterPlot } from './scatterPlot.ts';
import { allowsLog } from './scatterScale.ts';
import { changedBeside, shownUtterances } from './utteranceRanks.ts';
import { UtteranceTable, type UtteranceMetric } from './utteranceTable.ts';

/** What the rows are of. */
interface Subject {
  view: CompareView;
  pair: ComparePair;
  row: CompareRow;
}

/** The utterances of the chosen metric, those that got worst first; as a table and as points. */
export class UtteranceList implements ComparePart {
  readonly root: HTMLElement;
  readonly #store: CompareStore;
  readonly #post: Post;
  readonly #title = element('span', { class: 'hint', dir: 'auto' });
  readonly #count = element('span', { class: 'count', role: 'status' });
  readonly #note = element('p', { class: 'hint', hidden: true });
  readonly #filter: ValueControl;
  readonly #modes: Choice<CompareState['utteranceMode']>;
  readonly #scales: Choice<'linear' | 'log'>;
  readonly #table: UtteranceTable;
  readonly #scatter: ScatterPlot;
  readonly #content: HTMLElement;
  readonly #bandNote = element('figcaption');
  #subject: Subject | null = null;
  #rows: readonly UtteranceRow[] | null = null;
  #shown: readonly UtteranceRow[] = [];
  #sort: CompareState['utteranceSort'] = null;
  #scale: 'linear' | 'log' = 'linear';
  #selected: UtteranceRow | null = null;

  constructor(store: CompareStore, post: Post) {
    this.#store = store;
    this.#post = post;
    const choose = (row: UtteranceRow) => {
      this.#choose(row);
    };
    this.#table = new UtteranceTable({
      choose,
      sort: (column) => {
        this.#store.update({ utteranceSort: nextSort(this.#store.state.utteranceSort, column) });
      },
    });
    this.#scatter = new ScatterPlot(choose);
    this.#filter = this.#makeFilter();
    this.#modes = modeChoice(store);
    this.#scales = new Choice('Scale of the points', scaleOptions, (scale) => {
      this.#scale = scale;
      this.#showRows();
    });
    this.#content = this.#makeContent();
    this.root = element('section', { class: 'utterance-list', aria: { label: 'Utterances' } }, [
      element('div', { class: 'part-head' }, [
        element('h2', {}, 'Utterances'),
        this.#count,
        this.#title,
      ]),
      this.#note,
      this.#content,
    ]);
    this.root.hidden = true;
  }

  update(state: CompareState): void {
    this.#modes.set(state.utteranceMode);
    this.#content.classList.toggle('shows-scatter', state.utteranceMode === 'scatter');
    this.#setSubject(state);
    if (state.utteranceSort !== this.#sort) {
      this.#sort = state.utteranceSort;
      this.#showRows();
    }
    this.#markSelected(state, false);
  }

  receive(message: ToCompare): void {
    if (message.type !== 'utterances' || !this.#subject) return;
    const { pair, row } = this.#subject;
    if (message.pair !== pair.key || message.key !== row.key) return;
    this.#rows = message.rows;
    this.#showRows();
    this.#keepChoice(message.rows);
  }

  /** Goes to the next utterance whose change is more than noise. */
  perform(action: CompareAction): boolean {
    if (action === 'swapSides' || !this.#subject || this.root.hidden) return false;
    const at = this.#selected ? this.#shown.indexOf(this.#selected) : -1;
    const step = action === 'nextDifference' ? 1 : -1;
    const row = changedBeside(this.#shown, at, step, this.#subject.row);
    if (!row) return false;
    this.#choose(row);
    this.#markSelected(this.#store.state, true);
    return true;
  }

  /** What was chosen may no longer be there, or not as often. */
  #keepChoice(rows: readonly UtteranceRow[]): void {
    const { utterance } = this.#store.state;
    if (!utterance) return;
    const row = rows.find(({ id }) => id === utterance.id);
    if (!row) this.#store.update({ utterance: null });
    else if (utterance.repeat >= Math.max(row.repeats.a, row.repeats.b)) {
      this.#store.update({ utterance: { id: row.id, repeat: 0 } });
    }
  }

  #choose({ id }: UtteranceRow): void {
    if (this.#store.state.utterance?.id === id) return;
    this.#store.update({ utterance: { id, repeat: 0 } });
  }

  #setSubject(state: CompareState): void {
    const subject = subjectOf(state);
    this.root.hidden = subject === null;
    const before = this.#subject;
    if (!subject || (before && isSameSubject(before, subject))) return;
    const { pair, row } = subject;
    this.#subject = subject;
    this.root.classList.toggle('judged', isJudged(row.verdict));
    if (before?.pair.key !== pair.key || before.row.key !== row.key) this.#rows = null;
    this.#showRows();
    if (row.hasUtterances) this.#post({ type: 'utterances', pair: pair.key, key: row.key });
  }

  #showRows(): void {
    if (!this.#subject) return;
    const { row, pair } = this.#subject;
    const rows = this.#rows ?? [];
    const [query, sort] = [this.#filter.value, this.#sort];
    this.#shown = shownUtterances(rows, { query, sort, direction: row.direction });
    const reach = rows.reduce((most, { delta }) => Math.max(most, Math.abs(delta ?? 0)), 0);
    const letters = [pair.a.letter, pair.b.letter] as const;
    const metric: UtteranceMetric = { row, letters, reach };
    const values = this.#shown.flatMap(({ a, b }) => (a === null || b === null ? [] : [a, b]));
    const canLog = allowsLog(values);
    this.#scales.disable('log', canLog ? null : 'Some values are not above 0');
    this.#scales.set(canLog ? this.#scale : 'linear');
    this.#table.show(this.#shown, metric, sort);
    this.#scatter.show(this.#shown, metric, this.#scale === 'log');
    this.#tell(metric);
    this.#selected = null;
    this.#markSelected(this.#store.state, true);
  }

  #tell({ row }: UtteranceMetric): void {
    const rows = this.#rows;
    const order = row.direction === 'neutral' ? 'changed most first' : 'worst first';
    this.#title.textContent = `by ${row.label}, ${this.#sort ? 'sorted' : order}`;
    const isAll = rows?.length === this.#shown.length;
    const all = rows?.length.toLocaleString('en') ?? '';
    this.#count.textContent =
      rows && !isAll ? `${this.#shown.length.toLocaleString('en')} of ${all}` : all;
    this.#content.hidden = !row.hasUtterances;
    this.#note.hidden = row.hasUtterances;
    this.#note.textContent = `${row.label} is a figure of whole runs: single utterances have no value of it.`;
    const noise = formatDifference(row.noise, row.format).replace('+', '±');
    this.#bandNote.textContent = `Each point is an utterance. On the dashed line both runs are equal; in the band around it they differ by at most ${noise}, which does not matter.`;
  }

  #markSelected({ utterance }: CompareState, reveals: boolean): void {
    const isSame = this.#selected?.id === utterance?.id;
    if (isSame && !reveals) return;
    const row = this.#shown.find(({ id }) => id === utterance?.id) ?? null;
    this.#selected = row;
    this.#table.select(row, reveals || !this.#table.root.contains(document.activeElement));
    this.#scatter.select(row);
  }

  #makeFilter(): ValueControl {
    return textField('Filter utterances', '', {
      class: 'utterance-filter',
      attributes: { placeholder: 'Filter by id or status' },
      on: {
        input: () => {
          this.#showRows();
        },
      },
    });
  }

  #makeContent(): HTMLElement {
    const figure = element('figure', { class: 'scatter-part' }, [
      element('div', { class: 'scatter-head' }, this.#scales.root),
      this.#scatter.root,
      this.#bandNote,
    ]);
    return element('div', { class: 'utterance-parts' }, [
      element('div', { class: 'utterance-tools' }, [this.#filter, this.#modes.root]),
      this.#table.root,
      figure,
    ]);
  }
}

/** Null where there is nothing to rank by. */
function subjectOf(state: CompareState): Subject | null {
  const { view } = state;
  const pair = shownPair(state);
  const row = shownRow(state);
  return showsAllRuns(state) || !view || !pair || !row ? null : { view, pair, row };
}

function isSameSubject(one: Subject, other: Subject): boolean {
  return one.view === other.view && one.pair === other.pair && one.row === other.row;
}

const scaleOptions = [
  { value: 'linear', label: 'Linear' },
  { value: 'log', label: 'Log' },
] as const;

/** Seen only where there is no room for both. */
function modeChoice(store: CompareStore): Choice<CompareState['utteranceMode']> {
  const options = [
    { value: 'list', label: 'Table' },
    { value: 'scatter', label: 'Points' },
  ] as const;
  const choice = new Choice('Utterances as', options, (utteranceMode) => {
    store.update({ utteranceMode });
  });
  choice.root.classList.add('utterance-modes');
  return choice;
}
