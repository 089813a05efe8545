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
    deltaShare: a === 0 ? null : (b - a) / Math.abs(a),
    interval: interval && { low: interval.low, high: interval.high },
  };
}
