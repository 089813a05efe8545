import type { CompareRow, UtteranceRow } from '../../../src/compareview/compareView.ts';
import type { GridSort } from '../../shared/gridSort.ts';

type Direction = CompareRow['direction'];

/** How much worse B is, in the metric's own unit; by size alone where neither way is worse. */
export function worsening({ delta }: UtteranceRow, direction: Direction): number | null {
  if (delta === null) return null;
  if (direction === 'neutral') return Math.abs(delta);
  return direction === 'lower' ? delta : -delta;
}

export type ChangeKind = 'worse' | 'better' | 'other' | 'within';

/** What a change means: `within` is at most the noise, `other` is neither worse nor better. */
export function changeKind(
  delta: number,
  { direction, noise }: Pick<CompareRow, 'direction' | 'noise'>,
): ChangeKind {
  if (Math.abs(delta) <= noise || delta === 0) return 'within';
  if (direction === 'neutral') return 'other';
  return delta > 0 === (direction === 'lower') ? 'worse' : 'better';
}

/** Whether its sessions end differently, or its change is more than noise. */
export function isChanged(
  row: UtteranceRow,
  metric: Pick<CompareRow, 'direction' | 'noise'>,
): boolean {
  if (row.statusA !== row.statusB) return true;
  return row.delta !== null && changeKind(row.delta, metric) !== 'within';
}

/** What is looked for, and the order; null keeps the order of the rows: worst first. */
export interface UtteranceChoice {
  query: string;
  sort: GridSort | null;
  direction: Direction;
}

/** The rows to show, in order; those without a value come last either way. */
export function shownUtterances(
  rows: readonly UtteranceRow[],
  { query, sort, direction }: UtteranceChoice,
): UtteranceRow[] {
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const found = rows.filter((row) => words.every((word) => searchText(row).includes(word)));
  const rank = sort && ranks(direction)[sort.column];
  return sort && rank ? found.toSorted(byRank(rank, sort.direction)) : found;
}

/**
 * The next one that changed, in the order in sight; undefined after the last and before the first.
 *
 * @param at where to begin; -1 begins at either end
 */
export function changedBeside(
  rows: readonly UtteranceRow[],
  at: number,
  step: 1 | -1,
  metric: Pick<CompareRow, 'direction' | 'noise'>,
): UtteranceRow | undefined {
  const changed = (row: UtteranceRow) => isChanged(row, metric);
  if (step > 0) return rows.slice(at + 1).find(changed);
  return rows.slice(0, at < 0 ? rows.length : at).findLast(changed);
}

type Rank = (row: UtteranceRow) => number | string | null;

const ranks = (direction: Direction): Readonly<Record<string, Rank>> => ({
  name: ({ id }) => id,
  a: ({ a }) => a,
  b: ({ b }) => b,
  delta: (row) => worsening(row, direction),
  status: ({ statusA, statusB }) =>
    statusA === statusB ? `0 ${statusA}` : `1 ${statusB} ${statusA}`,
});

function byRank(rank: Rank, direction: GridSort['direction']) {
  const sign = direction === 'ascending' ? 1 : -1;
  return (one: UtteranceRow, other: UtteranceRow): number => {
    const [left, right] = [rank(one), rank(other)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    if (typeof left === 'string' || typeof right === 'string') {
      return sign * collator.compare(String(left), String(right));
    }
    return sign * (left - right);
  };
}

/** So that `clip 10` follows `clip 9`. */
const collator = new Intl.Collator(undefined, { numeric: true });

function searchText({ id, statusA, statusB }: UtteranceRow): string {
  return `${id} ${statusA} ${statusB}`.toLocaleLowerCase();
}
