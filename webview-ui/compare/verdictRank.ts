import type { CompareRow } from '../../src/compareview/compareView.ts';

type RowVerdict = CompareRow['verdict'];

/** From the worst to the least telling, to sort by. */
const ranks: readonly RowVerdict[] = [
  'regressed',
  'improved',
  'changed',
  'significant but negligible',
  'inconclusive',
  'no significant change',
  'equivalent',
  'insufficient data',
  'not comparable',
];

export function verdictRank(verdict: RowVerdict): number {
  return ranks.indexOf(verdict);
}
