/** A rate with its 95 % Wilson score interval; all null when nothing was counted. */
export interface RateEstimate {
  count: number;
  total: number;
  value: number | null;
  low: number | null;
  high: number | null;
}

const z95 = 1.959963984540054;

/** The share count / total with its Wilson score interval (Wilson 1927) at 95 %. */
export function wilsonRate(count: number, total: number): RateEstimate {
  if (total === 0) return { count, total, value: null, low: null, high: null };
  const value = count / total;
  const zz = z95 * z95;
  const centre = value + zz / (2 * total);
  const half = z95 * Math.sqrt((value * (1 - value)) / total + zz / (4 * total * total));
  const scale = 1 + zz / total;
  // At the ends the interval touches 0 or 1 exactly; rounding would leave 1e-18.
  const low = count === 0 ? 0 : (centre - half) / scale;
  const high = count === total ? 1 : (centre + half) / scale;
  return { count, total, value, low, high };
}
