import type { CompareRow } from '../../src/compareview/compareView.ts';
import type { GridSort } from '../shared/gridSort.ts';
import { verdictRank } from './verdictRank.ts';

type Rank = (row: CompareRow) => number | string | null;

/** What each column is sorted by. Changes by how bad they are, so that units do not matter. */
const ranks: Readonly<Record<string, Rank>> = {
  name: ({ label }) => label.toLowerCase(),
  a: ({ change, format }) => change && change.a * format.scale,
  b: ({ change, format }) => change && change.b * format.scale,
  delta: badness,
  deltaShare: badness,
  interval: badness,
  verdict: ({ verdict }) => -verdictRank(verdict),
  n: ({ cells }) => Number.parseInt(cells.n, 10) || 0,
};

/** How much for the worse, as a share of A; by size alone where neither way is worse. */
function badness({ change, direction }: CompareRow): number | null {
  if (change === null) return null;
  if (change.delta === 0) return 0;
  const share = change.deltaShare ?? Math.sign(change.delta) * Infinity;
  if (direction === 'neutral') return Math.abs(share);
  return direction === 'lower' ? share : -share;
}

/** Sorted rows; those without a value come last either way. */
export function sortRows(rows: readonly CompareRow[], sort: GridSort | null): CompareRow[] {
  const rank = sort && ranks[sort.column];
  if (!sort || !rank) return [...rows];
  const sign = sort.direction === 'ascending' ? 1 : -1;
  return rows.toSorted((one, other) => {
    const [a, b] = [rank(one), rank(other)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    if (a === b) return 0;
    return sign * (a < b ? -1 : 1);
  });
}

/** The next sorting of a column: worst first, then the other way round, then none. */
export function nextSort(sort: GridSort | null, column: string): GridSort | null {
  const first = column === 'name' ? 'ascending' : 'descending';
  if (sort?.column !== column) return { column, direction: first };
  if (sort.direction !== first) return null;
  return { column, direction: first === 'ascending' ? 'descending' : 'ascending' };
}
