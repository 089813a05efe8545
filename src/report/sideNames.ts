import type { Comparison, PairComparison } from '../comparison/comparison.ts';

/** What the two sides of a pair are called. */
export function sideNames(
  { runs }: Comparison,
  { a, b }: PairComparison,
): { letterA: string; letterB: string } {
  return { letterA: runs[a.run]!.letter, letterB: runs[b.run]!.letter };
}
