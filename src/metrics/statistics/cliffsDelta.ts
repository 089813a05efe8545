import { countPairs } from './pairCounts.ts';
import { sortedValues } from './percentile.ts';

export type EffectMagnitude = 'negligible' | 'small' | 'medium' | 'large';

export interface CliffsDelta {
  /** P(a > b) - P(a < b), in -1..1: positive when A is larger. */
  value: number;
  magnitude: EffectMagnitude;
}

/**
 * How often a value of A is larger than one of B, minus how often it is smaller (Cliff 1993);
 * null when a sample is empty.
 */
export function cliffsDelta(a: Iterable<number>, b: Iterable<number>): CliffsDelta | null {
  return cliffsDeltaOfSorted(sortedValues(a), sortedValues(b));
}

/** As {@link cliffsDelta}, of values that are sorted already. */
export function cliffsDeltaOfSorted(
  sortedA: Float64Array,
  sortedB: Float64Array,
): CliffsDelta | null {
  const pairs = sortedA.length * sortedB.length;
  if (pairs === 0) return null;
  const { aLarger, bLarger } = countPairs(sortedA, sortedB);
  const value = (aLarger - bLarger) / pairs;
  return { value, magnitude: magnitudeOf(value) };
}

/** The usual words for the size (Romano and others 2006). */
function magnitudeOf(delta: number): EffectMagnitude {
  const size = Math.abs(delta);
  if (size < 0.147) return 'negligible';
  if (size < 0.33) return 'small';
  return size < 0.474 ? 'medium' : 'large';
}
