import type { ResampledSample } from './bootstrapDifference.ts';
import { betweenOrderStatistics, percentile, sortedValues } from './percentile.ts';
import { neighboursAt, valueWindow, type CountedWindow } from './valueWindow.ts';

/**
 * Type 7 percentiles of all values of the units drawn, of which each has none, one or many, as the
 * words of a session or the items of a speaker. Exactly those of the sorted resample, but without
 * sorting: values below a window around each percentile are only counted.
 */
export function pooledPercentileSample(
  unitValues: readonly ArrayLike<number>[],
  fractions: readonly number[],
): ResampledSample {
  const sorted = sortedValues(unitValues.flatMap((values) => Array.from(values)));
  const units = unitValues.length;
  if (sorted.length === 0) {
    return { units, statistics: fractions.length, evaluate: (_, into) => into.fill(NaN) };
  }
  const windows = fractions.map((fraction) => countedUnits(unitValues, sorted, fraction));
  return {
    units,
    statistics: fractions.length,
    evaluate: (drawn, into) => {
      fractions.forEach((fraction, index) => {
        const counted = countDrawn(windows[index]!, drawn);
        const position = (counted.total - 1) * fraction;
        const rank = Math.floor(position);
        const neighbours = neighboursAt(counted, rank);
        into[index] =
          neighbours === null
            ? sortedPercentile(unitValues, drawn, fraction)
            : betweenOrderStatistics(...neighbours, position - rank);
      });
    },
  };
}

/** What to count for one percentile. */
interface CountedUnits {
  values: Float64Array;
  counts: Int32Array;
  /** Values of each unit below the window. */
  below: Int32Array;
  /** Values of each unit. */
  sizes: Int32Array;
  /** 1 for a unit with values in the window. */
  inWindow: Uint8Array;
  /** Units drawn that have values in the window. */
  hits: Int32Array;
  /** Unit u's places in the window are `places[starts[u]]` up to `starts[u + 1]`. */
  starts: Int32Array;
  places: Int32Array;
}

function countedUnits(
  unitValues: readonly ArrayLike<number>[],
  sorted: Float64Array,
  fraction: number,
): CountedUnits {
  const variance = rankVariance(unitValues, percentile(sorted, fraction)!, fraction);
  const { values, placeOf } = valueWindow(sorted, fraction, variance);
  const placed = unitValues.map((own) => Array.from(own, placeOf));
  const inside = placed.map((all) => all.filter((place) => place >= 0 && place < values.length));
  const starts = new Int32Array(inside.length + 1);
  inside.forEach((places, unit) => (starts[unit + 1] = starts[unit]! + places.length));
  return {
    values,
    counts: new Int32Array(values.length),
    below: Int32Array.from(placed, (all) => all.filter((place) => place < 0).length),
    sizes: Int32Array.from(unitValues, (own) => own.length),
    inWindow: Uint8Array.from(inside, (places) => Math.min(1, places.length)),
    hits: new Int32Array(inside.length),
    starts,
    places: Int32Array.from(inside.flat()),
  };
}

/** Of the number of values up to the percentile, less the expected share of all, over resamples. */
function rankVariance(
  unitValues: readonly ArrayLike<number>[],
  centre: number,
  fraction: number,
): number {
  return unitValues.reduce((sum, values) => {
    const atMost = Array.from(values).filter((value) => value <= centre).length;
    return sum + (atMost - fraction * values.length) ** 2;
  }, 0);
}

function countDrawn(counted: CountedUnits, drawn: Int32Array): CountedWindow {
  const { below, sizes, inWindow, hits } = counted;
  let belowWindow = 0;
  let total = 0;
  let hitCount = 0;
  // No branch within the loop: that the rare units are set aside halves the time. And no iterator,
  // which would triple it.
  const draws = drawn.length;
  for (let position = 0; position < draws; position++) {
    const unit = drawn[position]!;
    belowWindow += below[unit]!;
    total += sizes[unit]!;
    hits[hitCount] = unit;
    hitCount += inWindow[unit]!;
  }
  countPlaces(counted, hitCount);
  return { values: counted.values, counts: counted.counts, below: belowWindow, total };
}

function countPlaces({ counts, hits, starts, places }: CountedUnits, hitCount: number): void {
  counts.fill(0);
  for (let hit = 0; hit < hitCount; hit++) {
    const unit = hits[hit]!;
    const end = starts[unit + 1]!;
    for (let entry = starts[unit]!; entry < end; entry++) counts[places[entry]!]!++;
  }
}

/** The plain way, for the rare resample whose percentile is outside its window; NaN if empty. */
function sortedPercentile(
  unitValues: readonly ArrayLike<number>[],
  drawn: Int32Array,
  fraction: number,
): number {
  const resample = Array.from(drawn, (unit) => Array.from(unitValues[unit]!)).flat();
  return percentile(sortedValues(resample), fraction) ?? NaN;
}
