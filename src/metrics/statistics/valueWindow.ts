/** The values among which a percentile of a resample lies, practically always. */
export interface ValueWindow {
  /** Distinct values, ascending. */
  values: Float64Array;
  /** Where in `values` a value is: -1 below the window, `values.length` above it. */
  placeOf: (value: number) => number;
}

/** Standard errors of its rank on either side of the percentile: 10,000 resamples rarely leave it. */
const reach = 4.5;

/**
 * The window around a percentile. What falls outside costs time, not correctness.
 *
 * @param sorted all values, at least one
 * @param rankVariance variance of the percentile's rank from resample to resample
 */
export function valueWindow(
  sorted: Float64Array,
  fraction: number,
  rankVariance: number,
): ValueWindow {
  const centre = Math.floor((sorted.length - 1) * fraction);
  const ranks = Math.ceil(reach * Math.sqrt(rankVariance)) + 1;
  const from = Math.max(0, centre - ranks);
  const values = sorted
    .subarray(from, centre + ranks + 2)
    .filter((value, index, all) => index === 0 || value !== all[index - 1]);
  return { values, placeOf: (value) => placeIn(values, value) };
}

function placeIn(values: Float64Array, value: number): number {
  if (value < values[0]!) return -1;
  if (value > values.at(-1)!) return values.length;
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How often each value of a window was drawn. */
export interface CountedWindow {
  values: Float64Array;
  counts: Int32Array;
  /** Drawn values below the window. */
  below: number;
  /** All drawn values. */
  total: number;
}

/**
 * Order statistics `rank` and `rank + 1` (from 0; the last one twice at the end) of the values
 * drawn; null when they are not both in the window.
 */
export function neighboursAt(
  { values, counts, below, total }: CountedWindow,
  rank: number,
): [number, number] | null {
  if (rank < below) return null;
  let place = 0;
  let before = below;
  while (place < counts.length && before + counts[place]! <= rank) before += counts[place++]!;
  if (place === counts.length) return null;
  const value = values[place]!;
  if (rank + 1 >= total || before + counts[place]! > rank + 1) return [value, value];
  do place++;
  while (place < counts.length && counts[place] === 0);
  return place === counts.length ? null : [value, values[place]!];
}
