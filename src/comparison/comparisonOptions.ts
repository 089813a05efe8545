import type { StatisticsControl } from '../metrics/statistics/statisticsControl.ts';
import { ComparisonError } from './comparisonError.ts';
import { requireKnownMeasures } from './measure.ts';

export interface ComparisonOptions extends StatisticsControl {
  /** The same seed gives the same figures. Default 42. */
  seed?: number;
  /** Chance of a false alarm among all primary metrics together. Default 0.05. */
  alpha?: number;
  /** Rows to compute, all of them primary; by default all, with the usual primary ones. */
  metrics?: readonly string[];
  /**
   * Changes of at most this size do not matter, by row key: in the metric's unit (milliseconds;
   * 0.01 is one percentage point).
   */
  noise?: Readonly<Record<string, number>>;
  /** One endpoint id for each run; null where the ids decide. Shorter lists leave it to them. */
  endpoints?: readonly (string | null)[];
  /** Most entries in each row's list of worst utterances. Default 20. */
  worst?: number;
}

/** Throws a {@link ComparisonError} that names the option and what is possible. */
export function checkOptions({ seed, alpha, metrics = [], noise = {} }: ComparisonOptions): void {
  requireKnownMeasures([...metrics, ...Object.keys(noise)]);
  if (seed !== undefined && !Number.isSafeInteger(seed)) {
    throw new ComparisonError('option_invalid', `The seed ${seed} is not a whole number.`);
  }
  if (alpha !== undefined && !(alpha > 0 && alpha < 1)) {
    throw new ComparisonError('option_invalid', `α ${alpha} is not between 0 and 1.`);
  }
  for (const [key, size] of Object.entries(noise)) {
    if (Number.isFinite(size) && size >= 0) continue;
    throw new ComparisonError(
      'option_invalid',
      `The noise threshold ${size} of ${key} is negative.`,
    );
  }
}
