import type {
  ComparePair,
  CompareRow,
  CompareView,
  UtteranceRow,
} from '../../src/compareview/compareView.ts';
import { Store } from '../shared/store.ts';
import type { GridSort } from '../shared/gridSort.ts';
import type { LoadAxis } from './loads/loadAxis.ts';

/** One utterance of a pair, said for the `repeat`-th time; 0-based. */
export interface ChosenUtterance {
  id: UtteranceRow['id'];
  repeat: number;
}

/** How the two timelines of an utterance lie. */
export const timelineModes = ['stacked', 'overlaid', 'difference'] as const;

/** How utterances are shown: ranked, or A against B. */
export const utteranceModes = ['list', 'scatter'] as const;

/** All that the page shows; drawn and spoken from this alone. */
export interface CompareState {
  /** Null before the first comparison arrived. */
  view: CompareView | null;
  /** While newer contents of the files are being compared. */
  isOutdated: boolean;
  /** Whether more than two runs are seen all at once; see {@link showsAllRuns}. */
  allRuns: boolean;
  /** Key of the pair in sight; null: the first. */
  pair: string | null;
  /** Key of the chosen row of the pair; null: the one that {@link shownRow} chooses. */
  row: string | null;
  /** Of the metric tables; null: in the view's own order. */
  sort: GridSort | null;
  /** Of the utterance list; null: worst first. */
  utteranceSort: GridSort | null;
  utterance: ChosenUtterance | null;
  /** Of the timelines of the chosen utterance. */
  mode: (typeof timelineModes)[number];
  utteranceMode: (typeof utteranceModes)[number];
  plot: (typeof plotKinds)[number];
  scale: (typeof plotScales)[number];
  /** Of the curves by load. */
  loadAxis: LoadAxis;
}

/** How a distribution is drawn. */
export const plotKinds = ['ecdf', 'histogram'] as const;

export const plotScales = ['linear', 'log'] as const;

/** Before anything was compared. */
export function firstState(): CompareState {
  return {
    view: null,
    isOutdated: false,
    allRuns: true,
    pair: null,
    row: null,
    sort: null,
    utteranceSort: null,
    utterance: null,
    mode: 'stacked',
    utteranceMode: 'list',
    plot: 'ecdf',
    scale: 'linear',
    loadAxis: 'concurrency',
  };
}

/** The pair in sight; null where there is none. */
export function shownPair({ view, pair }: CompareState): ComparePair | null {
  return view?.pairs.find(({ key }) => key === pair) ?? view?.pairs[0] ?? null;
}

/** The chosen row of the pair in sight; by default its first difference; null without rows. */
export function shownRow(state: CompareState): CompareRow | null {
  const rows = shownPair(state)?.rows ?? [];
  return rows.find(({ key }) => key === state.row) ?? rows.find(isDifference) ?? rows[0] ?? null;
}

/** Whether the row's change is for the better or worse, beyond chance. */
export function isDifference({ verdict }: Pick<CompareRow, 'verdict'>): boolean {
  return verdict === 'regressed' || verdict === 'improved';
}

/** Whether more than two runs are seen beside each other, and not one pair of them. */
export function showsAllRuns({ view, allRuns }: CompareState): boolean {
  return allRuns && hasManyRuns(view);
}

/** Whether there is more than one run to compare with the baseline. */
export function hasManyRuns(view: CompareView | null): boolean {
  return (view?.runs.filter(({ letter }) => letter !== null).length ?? 0) > 2;
}

export class CompareStore extends Store<CompareState> {}
