import { isEnoughForPercentile, percentileIntervalRanks } from './orderStatistics.ts';
import { median, percentile, sortedValues } from './percentile.ts';

/** Infinity as saved files write it. */
export type MaybeInfinite = number | 'inf';

export interface PercentileEstimate {
  /** Null when there are no values. */
  value: number | null;
  /** False: too few values for a finite 95 % interval; show greyed or not at all. */
  enough: boolean;
  /** Distribution-free 95 % interval from order statistics; null unless `enough`. */
  low: number | null;
  high: number | null;
}

/** What a report says about a set of values. Never holds NaN or an infinite number. */
export interface Distribution {
  /** Values observed. */
  n: number;
  /** Sessions (or other units) without a value, by reason. */
  missing: Record<string, number>;
  mean: number | null;
  /** Sample standard deviation (n - 1); null below two values. */
  std: number | null;
  /** Median absolute deviation from the median, unscaled. */
  mad: number | null;
  /** Interquartile range. */
  iqr: number | null;
  /** Values more than 3 IQR outside the quartiles: flagged, never removed. */
  outliers: number;
  min: number | null;
  max: number | null;
  p50: PercentileEstimate;
  p90: PercentileEstimate;
  p95: PercentileEstimate;
  p99: PercentileEstimate;
  /** p95 with every timed-out session counted as infinitely slow. */
  p95Censored: MaybeInfinite | null;
  /** How many were counted so. */
  censored: number;
}

/** The percentiles every distribution carries. */
export const percentileFractions = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 } as const;

export type PercentileId = keyof typeof percentileFractions;

export interface MissingValues {
  missing?: Record<string, number>;
  /** Units that timed out while waiting for the value. */
  censored?: number;
}

/**
 * Describes finite values. A missing value is counted with its reason, never replaced by 0.
 * Throws a RangeError for a value that is not finite: that is a defect of the caller.
 */
export function distributionOf(
  values: readonly number[],
  absent: MissingValues = {},
): Distribution {
  if (!values.every(Number.isFinite)) throw new RangeError('A distribution needs finite values.');
  const sorted = sortedValues(values);
  const censored = absent.censored ?? 0;
  const centre = percentile(sorted, 0.5);
  return {
    n: sorted.length,
    missing: absent.missing ?? {},
    mean: meanOf(values),
    std: sampleStandardDeviation(values),
    mad: centre === null ? null : median(values.map((value) => Math.abs(value - centre))),
    ...quartileFacts(sorted),
    min: sorted.at(0) ?? null,
    max: sorted.at(-1) ?? null,
    p50: percentileEstimate(sorted, percentileFractions.p50),
    p90: percentileEstimate(sorted, percentileFractions.p90),
    p95: percentileEstimate(sorted, percentileFractions.p95),
    p99: percentileEstimate(sorted, percentileFractions.p99),
    p95Censored: censoredPercentile(sorted, censored, percentileFractions.p95),
    censored,
  };
}

/** The percentile of the values and `censored` infinite ones behind them. */
export function censoredPercentile(
  sorted: ArrayLike<number>,
  censored: number,
  fraction: number,
): MaybeInfinite | null {
  const all = new Float64Array(sorted.length + censored).fill(Infinity);
  all.set(sorted);
  const value = percentile(all, fraction);
  return value === Infinity ? 'inf' : value;
}

/** Arithmetic mean; null without values. */
export function meanOf(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Standard deviation with n - 1; null below two values. */
export function sampleStandardDeviation(values: readonly number[]): number | null {
  const mean = meanOf(values);
  if (mean === null || values.length < 2) return null;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}

function quartileFacts(sorted: Float64Array): { iqr: number | null; outliers: number } {
  const lower = percentile(sorted, 0.25);
  const upper = percentile(sorted, 0.75);
  if (lower === null || upper === null) return { iqr: null, outliers: 0 };
  const iqr = upper - lower;
  const outside = sorted.filter((value) => value < lower - 3 * iqr || value > upper + 3 * iqr);
  return { iqr, outliers: outside.length };
}

function percentileEstimate(sorted: Float64Array, fraction: number): PercentileEstimate {
  const value = percentile(sorted, fraction);
  if (!isEnoughForPercentile(sorted.length, fraction)) {
    return { value, enough: false, low: null, high: null };
  }
  const { lower, upper } = percentileIntervalRanks(sorted.length, fraction);
  return { value, enough: true, low: sorted[lower! - 1]!, high: sorted[upper! - 1]! };
}
