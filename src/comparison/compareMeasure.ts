import {
  bootstrapDifference,
  type StatisticIntervals,
} from '../metrics/statistics/bootstrapDifference.ts';
import { cliffsDeltaOfSorted, type CliffsDelta } from '../metrics/statistics/cliffsDelta.ts';
import { geometricMeanRatio } from '../metrics/statistics/geometricMeanRatio.ts';
import { hodgesLehmannShift, pairedShift } from '../metrics/statistics/hodgesLehmann.ts';
import { mannWhitney } from '../metrics/statistics/mannWhitney.ts';
import { isEnoughForPercentile } from '../metrics/statistics/orderStatistics.ts';
import { median, percentile, sortedValues } from '../metrics/statistics/percentile.ts';
import { percentileSample } from '../metrics/statistics/percentileSample.ts';
import type { Resamples } from '../metrics/statistics/resamples.ts';
import { singlePercentileSample } from '../metrics/statistics/singlePercentileSample.ts';
import { signFlipTest } from '../metrics/statistics/signFlipTest.ts';
import type { StatisticsControl } from '../metrics/statistics/statisticsControl.ts';
import type { Change, MetricComparison, MetricTest } from './comparison.ts';
import { changeOf } from './change.ts';
import type { Sample } from './measureSample.ts';
import type { Sampling } from './rowSampling.ts';
import { thinRanks } from './thinRanks.ts';

export interface SamplingOptions extends StatisticsControl, Sampling {
  seed: number;
  resamples: Resamples;
}

/** What the values of a measure say of a difference, before anything is concluded. */
export type MeasureEvidence = Pick<
  MetricComparison,
  'change' | 'tail' | 'shift' | 'cliffsDelta' | 'meanRatio' | 'values'
> & {
  test: Omit<MetricTest, 'adjustedP'> | null;
  /** How many independent units the values are of: utterances, or speakers. */
  units: { a: number; b: number };
  /** Enough units for the test and for the interval of a median. */
  enough: boolean;
};

/** Fewer units than this in either run cannot reach p < 0.05 in an unpaired test. */
export const fewestUnpaired = 4;

const mostPlotted = 500;
const fractions = [0.5, 0.95] as const;

/**
 * Compares two samples of one value per utterance: medians, 95th percentiles, the whole.
 *
 * @param options null: only describes both, because they must not be compared
 */
export function compareMeasure(sample: Sample, options: SamplingOptions | null): MeasureEvidence {
  const { a, b, paired } = sample;
  const sortedA = sortedValues(a);
  const sortedB = sortedValues(b);
  const fewest = Math.min(a.length, b.length);
  const units = unitsOf(sample);
  const intervals =
    fewest === 0 || !options ? [] : intervalsOf(sample, { a: sortedA, b: sortedB }, options);
  const changeAt = (index: 0 | 1): Change | null => {
    const valueA = percentile(sortedA, fractions[index]);
    const valueB = percentile(sortedB, fractions[index]);
    return changeOf(valueA, valueB, intervals[index]?.difference ?? null);
  };
  const tail = changeAt(1);
  const delta = options && cliffsDeltaOfSorted(sortedB, sortedA);
  return {
    change: changeAt(0),
    tail: tail && { ...tail, enough: isEnoughForPercentile(fewest, fractions[1]) },
    shift: fewest === 0 || !options ? null : shiftOf(sample),
    cliffsDelta: delta && withoutMinusZero(delta),
    meanRatio: paired && options ? meanRatioOf(a, b) : null,
    test: fewest === 0 || !options ? null : testOf(sample, options),
    values: { a: thinRanks(sortedA, mostPlotted), b: thinRanks(sortedB, mostPlotted) },
    units,
    enough: isEnough(units, paired),
  };
}

function unitsOf({ a, b, blocks }: Sample): MeasureEvidence['units'] {
  return { a: (blocks?.a ?? a).length, b: (blocks?.b ?? b).length };
}

function isEnough({ a, b }: MeasureEvidence['units'], paired: boolean): boolean {
  const fewest = Math.min(a, b);
  return isEnoughForPercentile(fewest, 0.5) && (paired || fewest >= fewestUnpaired);
}

function intervalsOf(
  { a, b, blocks, paired }: Sample,
  sorted: { a: Float64Array; b: Float64Array },
  options: SamplingOptions,
): StatisticIntervals[] {
  const design = blocks
    ? { a: percentileSample(blocks.a, fractions), b: percentileSample(blocks.b, fractions) }
    : {
        a: singlePercentileSample(a, fractions, sorted.a),
        b: singlePercentileSample(b, fractions, sorted.b),
      };
  return bootstrapDifference({ ...design, paired }, options);
}

function shiftOf({ a, b, paired }: Sample): number | null {
  return paired ? pairedShift(a, b) : hodgesLehmannShift(a, b);
}

/** Null unless all are positive: a mean over some of them would say something else. */
function meanRatioOf(a: readonly number[], b: readonly number[]): number | null {
  const mean = geometricMeanRatio(a.map((value, item) => ({ a: value, b: b[item]! })));
  return mean?.used === a.length ? mean.ratio : null;
}

function testOf(
  { a, b, blocks, paired }: Sample,
  options: SamplingOptions,
): MeasureEvidence['test'] {
  if (!paired) {
    // Values of one speaker are alike: the test needs one of each.
    const result = blocks
      ? mannWhitney(blocks.a.map(medianOf), blocks.b.map(medianOf))
      : mannWhitney(a, b);
    return result && { name: 'Mann–Whitney', p: result.p };
  }
  const differences = blocks
    ? blocks.a.map((own, at) => sumOf(blocks.b[at]!) - sumOf(own))
    : a.map((value, at) => b[at]! - value);
  const result = signFlipTest(differences, options);
  return result && { name: 'sign-flip permutation', p: result.p };
}

const medianOf = (values: readonly number[]) => median(values)!;
const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

function withoutMinusZero({ value, magnitude }: CliffsDelta): CliffsDelta {
  return { value: value + 0, magnitude };
}
