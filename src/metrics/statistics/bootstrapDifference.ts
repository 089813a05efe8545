import { percentile } from './percentile.ts';
import { Resamples } from './resamples.ts';
import { throwIfStopped, type StatisticsControl } from './statisticsControl.ts';

/**
 * Statistics of a sample that can be computed of a resample of its units. A unit is what is drawn:
 * an item, or a block of items that belong together, such as those of one speaker.
 */
export interface ResampledSample {
  units: number;
  /** How many statistics there are. */
  statistics: number;
  /**
   * Writes the statistics of the units drawn, which may come several times or not at all. NaN where
   * a statistic does not exist.
   */
  evaluate: (drawn: Int32Array, into: Float64Array) => void;
}

export interface BootstrapOptions extends StatisticsControl {
  /** Default 10,000. */
  replicates?: number;
  /** Default 42. */
  seed?: number;
  /** Share of the replicates within the interval, default 0.95. */
  confidence?: number;
  /** Shared by comparisons of the same units, to draw them once. */
  resamples?: Resamples;
}

export interface BootstrapInterval {
  low: number;
  high: number;
  /** Share of the replicates below 0. */
  belowZero: number;
}

/** Intervals of one statistic; null where no replicate has it. */
export interface StatisticIntervals {
  a: BootstrapInterval | null;
  b: BootstrapInterval | null;
  /** Of B minus A. */
  difference: BootstrapInterval | null;
}

export interface BootstrapDesign {
  a: ResampledSample;
  b: ResampledSample;
  /** Unit i of A and unit i of B are the same item or block, and are drawn together. */
  paired: boolean;
}

/**
 * Percentile bootstrap of statistics and of their difference B - A (Efron 1979). A replicate draws
 * as many unit indices as A has units, then, unless paired, as many as B has; interval ends are
 * type 7 percentiles of the replicates. The order of the draws is part of the definition: the same
 * data and seed give the same interval everywhere.
 *
 * Takes replicates × units steps of a few nanoseconds: half a second for the median and p95 of
 * 10,000 paired items.
 */
export function bootstrapDifference(
  { a, b, paired }: BootstrapDesign,
  options: BootstrapOptions = {},
): StatisticIntervals[] {
  if (paired && a.units !== b.units) throw new RangeError('Paired samples need the same units.');
  if (a.statistics !== b.statistics) throw new RangeError('Both samples need the same statistics.');
  const { replicates = 10_000, seed = 42, resamples = new Resamples(0) } = options;
  const intoA = new Int32Array(a.units);
  const intoB = new Int32Array(b.units);
  const drawsEach = paired ? a.units : a.units + b.units;
  const all = Array.from({ length: a.statistics }, () => new ReplicateValues(replicates));
  const valuesA = new Float64Array(a.statistics);
  const valuesB = new Float64Array(b.statistics);
  for (let replicate = 0; replicate < replicates; replicate++) {
    throwIfStopped(options, replicate / replicates, replicate);
    const first = replicate * drawsEach;
    const drawnA = resamples.take(seed, first, intoA);
    const drawnB = paired ? drawnA : resamples.take(seed, first + a.units, intoB);
    a.evaluate(drawnA, valuesA);
    b.evaluate(drawnB, valuesB);
    all.forEach((values, index) => {
      values.set(replicate, valuesA[index]!, valuesB[index]!);
    });
  }
  return all.map((values) => values.intervals(options.confidence ?? 0.95));
}

/** All replicates of one statistic. */
class ReplicateValues {
  readonly #a: Float64Array;
  readonly #b: Float64Array;

  constructor(replicates: number) {
    this.#a = new Float64Array(replicates);
    this.#b = new Float64Array(replicates);
  }

  set(replicate: number, a: number, b: number): void {
    this.#a[replicate] = a;
    this.#b[replicate] = b;
  }

  intervals(confidence: number): StatisticIntervals {
    return {
      a: intervalOf(this.#a, confidence),
      b: intervalOf(this.#b, confidence),
      difference: intervalOf(
        this.#b.map((b, replicate) => b - this.#a[replicate]!),
        confidence,
      ),
    };
  }
}

function intervalOf(replicates: Float64Array, confidence: number): BootstrapInterval | null {
  const sorted = replicates.filter((value) => !Number.isNaN(value)).sort();
  const low = percentile(sorted, (1 - confidence) / 2);
  const high = percentile(sorted, (1 + confidence) / 2);
  if (low === null || high === null) return null;
  const below = sorted.findIndex((value) => value >= 0);
  return { low, high, belowZero: (below < 0 ? sorted.length : below) / sorted.length };
}
