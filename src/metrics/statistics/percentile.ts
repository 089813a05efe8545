/**
 * The p-quantile by linear interpolation between order statistics (Hyndman and Fan 1996,
 * type 7): h = (n - 1) p, value = x[floor h] + (h - floor h) (x[floor h + 1] - x[floor h]).
 * The only function that computes a percentile the product reports.
 *
 * @param sorted ascending values; the last ones may be `Infinity` (censored)
 * @param fraction p in 0..1
 * @returns null when there are no values
 */
export function percentile(sorted: ArrayLike<number>, fraction: number): number | null {
  if (sorted.length === 0) return null;
  const position = (sorted.length - 1) * fraction;
  const lower = Math.floor(position);
  const above = sorted[Math.min(lower + 1, sorted.length - 1)]!;
  return betweenOrderStatistics(sorted[lower]!, above, position - lower);
}

/** What lies at `weight` (0 up to 1) of the way from one order statistic to the next. */
export function betweenOrderStatistics(below: number, above: number, weight: number): number {
  // Also keeps Infinity - Infinity and 0 * Infinity out of the sum.
  if (weight === 0 || below === above) return below;
  // Rounding must not carry the value past its neighbours.
  return Math.min(above, below + weight * (above - below));
}

/** Ascending copy as the percentile function wants it. */
export function sortedValues(values: Iterable<number>): Float64Array {
  // Going through an iterator takes most of the time for short lists.
  const copy = Array.isArray(values) ? new Float64Array(values) : Float64Array.from(values);
  return copy.sort();
}

/** The type 7 median; null when there are no values. */
export function median(values: Iterable<number>): number | null {
  return percentile(sortedValues(values), 0.5);
}
