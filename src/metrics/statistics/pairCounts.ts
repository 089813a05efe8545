/** How the pairs (one value of A, one of B) compare. */
export interface PairCounts {
  aLarger: number;
  bLarger: number;
  equal: number;
}

/** Compares every value of A with every value of B in one walk along both. */
export function countPairs(sortedA: Float64Array, sortedB: Float64Array): PairCounts {
  let aLarger = 0;
  let equal = 0;
  let below = 0;
  let atMost = 0;
  for (const value of sortedA) {
    while (below < sortedB.length && sortedB[below]! < value) below++;
    while (atMost < sortedB.length && sortedB[atMost]! <= value) atMost++;
    aLarger += below;
    equal += atMost - below;
  }
  return { aLarger, equal, bLarger: sortedA.length * sortedB.length - aLarger - equal };
}
