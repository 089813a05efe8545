import { mannWhitneyLowerTail } from './mannWhitneyTails.ts';
import { normalTwoSidedP } from './normal.ts';
import { countPairs } from './pairCounts.ts';
import { sortedValues } from './percentile.ts';

export interface MannWhitneyResult {
  /** Pairs in which A is larger, ties half. */
  uA: number;
  uB: number;
  /** Distance from what no difference gives, in standard deviations, continuity corrected; >= 0. */
  z: number;
  p: number;
  method: 'exact' | 'normal approximation';
  /** The smallest p that samples of these sizes can give. */
  smallestP: number;
}

/** Up to this many pairs of values the exact distribution is used. */
const mostExactPairs = 10_000;

/**
 * Two-sided Mann–Whitney U test: exact when no values are equal and nA·nB <= 10,000, otherwise the
 * normal approximation with tie correction and a continuity correction of 0.5.
 *
 * @returns null when a sample is empty
 */
export function mannWhitney(a: Iterable<number>, b: Iterable<number>): MannWhitneyResult | null {
  const sortedA = sortedValues(a);
  const sortedB = sortedValues(b);
  const nA = sortedA.length;
  const nB = sortedB.length;
  if (nA === 0 || nB === 0) return null;
  const pairs = countPairs(sortedA, sortedB);
  const uA = pairs.aLarger + pairs.equal / 2;
  const uB = pairs.bLarger + pairs.equal / 2;
  const ties = tieTerm(sortedA, sortedB);
  const z = continuityCorrectedZ({ nA, nB, uA, ties });
  const facts = { uA, uB, z, smallestP: smallestP(nA, nB) };
  if (ties > 0 || nA * nB > mostExactPairs) {
    return { ...facts, p: normalTwoSidedP(z), method: 'normal approximation' };
  }
  const p = Math.min(1, 2 * mannWhitneyLowerTail(nA, nB, Math.min(uA, uB)));
  return { ...facts, p, method: 'exact' };
}

interface RankFacts {
  nA: number;
  nB: number;
  uA: number;
  ties: number;
}

function continuityCorrectedZ({ nA, nB, uA, ties }: RankFacts): number {
  const n = nA + nB;
  const variance = ((nA * nB) / 12) * (n + 1 - ties / (n * (n - 1)));
  const distance = Math.max(0, Math.abs(uA - (nA * nB) / 2) - 0.5);
  return variance > 0 ? distance / Math.sqrt(variance) : 0;
}

/** Σ (t³ - t) over the groups of t equal values of both samples together. */
function tieTerm(a: Float64Array, b: Float64Array): number {
  const all = new Float64Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  all.sort();
  let sum = 0;
  let start = 0;
  for (let end = 1; end <= all.length; end++) {
    if (end < all.length && all[end] === all[start]) continue;
    const size = end - start;
    sum += size ** 3 - size;
    start = end;
  }
  return sum;
}

/** Two of the n over k arrangements are the most extreme ones. */
function smallestP(nA: number, nB: number): number {
  let arrangements = 1;
  for (let k = 1; k <= Math.min(nA, nB); k++) arrangements *= (Math.max(nA, nB) + k) / k;
  return Math.min(1, 2 / arrangements);
}
