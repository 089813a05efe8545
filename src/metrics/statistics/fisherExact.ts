/** So many of so many. */
export interface Share {
  count: number;
  total: number;
}

/** Tables that are equally likely but for rounding count as equally extreme. */
const tieTolerance = 1e-7;

/**
 * Fisher's exact test, two-sided, that two shares differ: the probability of all tables with the
 * same margins that are at most as likely as the one seen. 1 when nothing can differ.
 */
export function fisherExact(a: Share, b: Share): number {
  const hits = a.count + b.count;
  const first = Math.max(0, hits - b.total);
  const last = Math.min(hits, a.total);
  const mode = Math.floor(((hits + 1) * (a.total + 1)) / (a.total + b.total + 2));
  const weights = new Float64Array(last - first + 1);
  const start = Math.min(last, Math.max(first, mode));
  // Weights relative to the likeliest table: no factorials, and no overflow.
  const ratio = (k: number) => ((a.total - k) * (hits - k)) / ((k + 1) * (b.total - hits + k + 1));
  weights[start - first] = 1;
  for (let k = start; k < last; k++) weights[k + 1 - first] = weights[k - first]! * ratio(k);
  for (let k = start; k > first; k--) weights[k - 1 - first] = weights[k - first]! / ratio(k - 1);
  const limit = weights[a.count - first]! * (1 + tieTolerance);
  let sum = 0;
  let extreme = 0;
  for (const weight of weights) {
    sum += weight;
    if (weight <= limit) extreme += weight;
  }
  return Math.min(1, extreme / sum);
}
