import type { ResampledSample } from './bootstrapDifference.ts';
import { betweenOrderStatistics, percentile, sortedValues } from './percentile.ts';
import { valueWindow } from './valueWindow.ts';

/**
 * Type 7 percentiles of a sample with one value per unit. Exactly those of the sorted resample,
 * but by counting: no replicate is sorted, and one value alone is not even counted.
 *
 * @param values at least one
 * @param fractions ascending, for example [0.5, 0.95]
 * @param sorted the values, where they are at hand
 */
export function singlePercentileSample(
  values: ArrayLike<number>,
  fractions: readonly number[],
  sorted = sortedValues(Array.from(values)),
): ResampledSample {
  const { binOfUnit, binValues } = binned(values, fractions, sorted);
  const counts = new Int32Array(binValues.length);
  return {
    units: values.length,
    statistics: fractions.length,
    evaluate: (drawn, into) => {
      if (binValues.length === 1) {
        into.fill(binValues[0]!);
        return;
      }
      countBins(binOfUnit, drawn, counts);
      readPercentiles({ binValues, counts, total: drawn.length }, fractions, into);
      for (let index = 0; index < fractions.length; index++) {
        if (!Number.isNaN(into[index])) continue;
        // The rare resample whose percentile is outside its window.
        const resample = sortedValues(Array.from(drawn, (unit) => values[unit]!));
        into[index] = percentile(resample, fractions[index]!) ?? NaN;
      }
    },
  };
}

/**
 * Most distinct values that share a bin: more bins take longer to walk, fewer are written to so
 * often that each write waits for the one before.
 */
const mostPerBin = 64;

interface Bins {
  /** Of two bytes where they do: the bins of 10,000 units then stay in the fastest cache. */
  binOfUnit: Uint16Array | Int32Array;
  /** The value of each bin, ascending; NaN where several values share it. */
  binValues: Float64Array;
}

/** Bins for values, one each within the windows around the percentiles. */
function binned(
  values: ArrayLike<number>,
  fractions: readonly number[],
  sorted: Float64Array,
): Bins {
  const windows = fractions.map((fraction) =>
    valueWindow(sorted, fraction, sorted.length * fraction * (1 - fraction)),
  );
  const binOfValue = new Map<number, number>();
  const binValues: number[] = [];
  let room = 0;
  for (const value of sorted) {
    if (binOfValue.has(value)) continue;
    const own = windows.some(
      (window) => window.values[0]! <= value && value <= window.values.at(-1)!,
    );
    if (own || room === 0) binValues.push(own ? value : NaN);
    room = own ? 0 : (room === 0 ? mostPerBin : room) - 1;
    binOfValue.set(value, binValues.length - 1);
  }
  const binOfUnit = new (binValues.length <= 2 ** 16 ? Uint16Array : Int32Array)(values.length);
  for (let unit = 0; unit < values.length; unit++) binOfUnit[unit] = binOfValue.get(values[unit]!)!;
  return { binOfUnit, binValues: Float64Array.from(binValues) };
}

function countBins(binOfUnit: Bins['binOfUnit'], drawn: Int32Array, counts: Int32Array): void {
  counts.fill(0);
  // Plain loops: iterators over typed arrays take three times as long.
  const draws = drawn.length;
  for (let position = 0; position < draws; position++) counts[binOfUnit[drawn[position]!]!]!++;
}

interface CountedBins {
  binValues: Float64Array;
  counts: Int32Array;
  total: number;
}

/** Walks once along the bins; NaN where a percentile falls into a bin that values share. */
function readPercentiles(
  { binValues, counts, total }: CountedBins,
  fractions: readonly number[],
  into: Float64Array,
): void {
  let bin = 0;
  let before = 0;
  for (let index = 0; index < fractions.length; index++) {
    const position = (total - 1) * fractions[index]!;
    const rank = Math.floor(position);
    while (before + counts[bin]! <= rank) before += counts[bin++]!;
    let next = bin;
    if (rank + 1 < total && before + counts[bin]! <= rank + 1) {
      do next++;
      while (counts[next] === 0);
    }
    into[index] = betweenOrderStatistics(binValues[bin]!, binValues[next]!, position - rank);
  }
}
