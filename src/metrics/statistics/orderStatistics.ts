/** 1-based ranks in the sorted sample; null where the interval is open on that side. */
export interface IntervalRanks {
  lower: number | null;
  upper: number | null;
}

/**
 * Ranks l and u such that [x(l), x(u)] is a distribution-free confidence interval for the
 * p-quantile: l is the largest rank with P(Bin(n, p) <= l - 1) <= alpha / 2, and u the
 * smallest with P(Bin(n, p) >= u) <= alpha / 2; each null where 1..n holds no such rank.
 */
export function percentileIntervalRanks(n: number, fraction: number, alpha = 0.05): IntervalRanks {
  if (n < 1) return { lower: null, upper: null };
  const masses = binomialMasses(n, fraction);
  return { lower: lowerRank(masses, alpha / 2), upper: upperRank(masses, n, alpha / 2) };
}

/** Whether n values give the percentile a finite two-sided 95 % interval, so that it may be shown. */
export function isEnoughForPercentile(n: number, fraction: number): boolean {
  const { lower, upper } = percentileIntervalRanks(n, fraction);
  return lower !== null && upper !== null;
}

/** Probability of each outcome, from `first` on; what lies outside is below 1e-30. */
interface BinomialMasses {
  first: number;
  masses: Float64Array;
}

function binomialMasses(n: number, p: number): BinomialMasses {
  const reach = 12 * Math.sqrt(n * p * (1 - p)) + 12;
  const first = Math.max(0, Math.floor(n * p - reach));
  const last = Math.min(n, Math.ceil(n * p + reach));
  const masses = new Float64Array(last - first + 1);
  const logChoose = logFactorial(n) - logFactorial(first) - logFactorial(n - first);
  let mass = Math.exp(logChoose + first * Math.log(p) + (n - first) * Math.log1p(-p));
  for (let k = first; k <= last; k++) {
    masses[k - first] = mass;
    mass *= ((n - k) / (k + 1)) * (p / (1 - p));
  }
  return { first, masses };
}

function lowerRank({ first, masses }: BinomialMasses, tail: number): number | null {
  let cumulative = 0;
  let rank: number | null = first > 0 ? first : null;
  for (let index = 0; index < masses.length; index++) {
    cumulative += masses[index]!;
    if (cumulative > tail) break;
    rank = first + index + 1;
  }
  return rank;
}

function upperRank({ first, masses }: BinomialMasses, n: number, tail: number): number | null {
  const last = first + masses.length - 1;
  let cumulative = 0;
  let rank: number | null = last < n ? last + 1 : null;
  for (let index = masses.length - 1; index >= 0; index--) {
    cumulative += masses[index]!;
    if (cumulative > tail) break;
    rank = first + index;
  }
  return rank;
}

/** ln n!, exact sums for small n and Stirling's series above (error below 1e-14). */
function logFactorial(n: number): number {
  if (n < 32) {
    let sum = 0;
    for (let factor = 2; factor <= n; factor++) sum += Math.log(factor);
    return sum;
  }
  const series = 1 / (12 * n) - 1 / (360 * n ** 3) + 1 / (1260 * n ** 5);
  return (n + 0.5) * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI) + series;
}
