import { median, percentile, sortedValues } from './percentile.ts';
import { randomGenerator } from './randomGenerator.ts';

/**
 * Hodges–Lehmann shift: the median of all differences b - a (Hodges and Lehmann 1963). The pairs
 * are never formed: a few dozen walks along both samples find the middle ones, 10,000 × 10,000 in
 * milliseconds.
 *
 * @returns null when a sample is empty
 */
export function hodgesLehmannShift(a: Iterable<number>, b: Iterable<number>): number | null {
  const matrix: DifferenceMatrix = { a: sortedValues(a).reverse(), b: sortedValues(b) };
  const pairs = matrix.a.length * matrix.b.length;
  if (pairs === 0) return null;
  const middle = Math.floor((pairs - 1) / 2);
  const lower = selectDifference(matrix, middle);
  if (pairs % 2 === 1) return lower;
  return percentile([lower, selectDifference(matrix, middle + 1)], 0.5);
}

/** The paired shift: the median of the differences b - a of the same items; null without items. */
export function pairedShift(a: ArrayLike<number>, b: ArrayLike<number>): number | null {
  return median(Array.from(a, (value, item) => b[item]! - value));
}

/** Differences b[column] - a[row]: rising along rows because b rises, along columns as a falls. */
interface DifferenceMatrix {
  a: Float64Array;
  b: Float64Array;
}

/** Of each row, the columns that may still hold what is looked for: left..right - 1. */
interface Candidates {
  left: Int32Array;
  right: Int32Array;
}

/** The difference with `rank` smaller or equal ones before it: quickselect on a sorted matrix. */
function selectDifference(matrix: DifferenceMatrix, rank: number): number {
  const { a, b } = matrix;
  const candidates: Candidates = {
    left: new Int32Array(a.length),
    right: new Int32Array(a.length).fill(b.length),
  };
  // Which candidates are tried changes the time, not the result.
  const random = randomGenerator(1);
  for (;;) {
    const pivot = randomCandidate(matrix, candidates, random());
    const smaller = countPerRow(matrix, (difference) => difference < pivot);
    const atMost = countPerRow(matrix, (difference) => difference <= pivot);
    if (rank < smaller.total) candidates.right = smaller.perRow;
    else if (rank >= atMost.total) candidates.left = atMost.perRow;
    else return pivot;
  }
}

function randomCandidate({ a, b }: DifferenceMatrix, candidates: Candidates, u: number): number {
  const { left, right } = candidates;
  let total = 0;
  for (let row = 0; row < a.length; row++) total += right[row]! - left[row]!;
  let place = Math.floor(u * total);
  let row = 0;
  while (place >= right[row]! - left[row]!) {
    place -= right[row]! - left[row]!;
    row++;
  }
  return b[left[row]! + place]! - a[row]!;
}

/** How many differences of each row, from its start, are low; `isLow` must be monotone. */
function countPerRow(
  { a, b }: DifferenceMatrix,
  isLow: (difference: number) => boolean,
): { perRow: Int32Array; total: number } {
  const perRow = new Int32Array(a.length);
  let total = 0;
  let count = b.length;
  for (let row = 0; row < a.length; row++) {
    while (count > 0 && !isLow(b[count - 1]! - a[row]!)) count--;
    perRow[row] = count;
    total += count;
  }
  return { perRow, total };
}
