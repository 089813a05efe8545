import type { Share } from './fisherExact.ts';
import { wilsonRate } from './wilson.ts';

export interface RateDifference {
  /** Share of B minus share of A. */
  value: number;
  low: number;
  high: number;
}

/**
 * The difference of two shares with its 95 % interval from the Wilson intervals of both (Newcombe
 * 1998, method 10); null when a total is 0.
 */
export function rateDifference(a: Share, b: Share): RateDifference | null {
  if (a.total === 0 || b.total === 0) return null;
  const rateA = wilsonRate(a.count, a.total);
  const rateB = wilsonRate(b.count, b.total);
  const value = rateB.value! - rateA.value!;
  const low = value - Math.hypot(rateB.value! - rateB.low!, rateA.high! - rateA.value!);
  const high = value + Math.hypot(rateB.high! - rateB.value!, rateA.value! - rateA.low!);
  return { value, low, high };
}
