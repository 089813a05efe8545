import type { Change, Interval } from './comparison.ts';

/** A value in A and in B; null where either has none. */
export function changeOf(
  a: number | null,
  b: number | null,
  interval: Interval | null,
): Change | null {
  if (a === null || b === null) return null;
  return {
    a,
    b,
    delta: b - a,
    // A share of what may be negative, such as a time from the end of speech, says nothing.
    deltaShare: a > 0 ? (b - a) / a : null,
    interval: interval && { low: interval.low, high: interval.high },
  };
}
