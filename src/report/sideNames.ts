import type { Comparison, PairComparison } from '../comparison/comparison.ts';

/** The letters of the two runs of a pair. */
export type Letters = readonly [a: string, b: string];

/** What the two sides of a pair are called. */
export function sideNames({ runs }: Comparison, { a, b }: PairComparison): Letters {
  return [runs[a.run]!.letter, runs[b.run]!.letter];
}
