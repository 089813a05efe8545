import { complementaryErrorFunction } from './errorFunction.ts';

/** Probability that a standard normal variable is at most z; relative error below 1e-12. */
export function normalCdf(z: number): number {
  return complementaryErrorFunction(-z / Math.SQRT2) / 2;
}

/** Probability that a standard normal variable is at least as far from 0 as z. */
export function normalTwoSidedP(z: number): number {
  return complementaryErrorFunction(Math.abs(z) / Math.SQRT2);
}

/**
 * The z with `normalCdf(z)` = p, for p within 1e-300..1 - 1e-15. Bisection: called a few times per
 * comparison, so that simple beats fast.
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError('A normal quantile needs a probability within 0..1.');
  let low = -40;
  let high = 40;
  while (high - low > 1e-14 * Math.max(1, Math.abs(low))) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (normalCdf(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
