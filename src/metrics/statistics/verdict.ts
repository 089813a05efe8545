/** What may be said about a difference, in words for people. */
export type Verdict =
  | 'not comparable'
  | 'insufficient data'
  | 'improved'
  | 'regressed'
  /** As real as the two above, of a metric of which neither way is better. */
  | 'changed'
  | 'significant but negligible'
  | 'equivalent'
  | 'no significant change'
  | 'inconclusive';

/** All that a verdict rests on. */
export interface VerdictEvidence {
  /** False: a hard difference of the conditions forbids the comparison. */
  comparable: boolean;
  /** False: too few values for the test or for an interval. */
  enough: boolean;
  /** After Holm for primary metrics; null where nothing could be tested. */
  p: number | null;
  /** B minus A. */
  effect: number | null;
  /** 95 % interval of the effect. */
  interval: { low: number; high: number } | null;
  /** Effects up to this size do not matter (τ), in the unit of the effect. */
  noise: number;
  direction: 'lower' | 'higher' | 'neutral';
  /** Default 0.05. */
  alpha?: number;
}

/** No significant change is said of an interval within so many τ. */
const noChangeNoises = 5;

/** The first verdict of the ordered table whose condition holds; docs/comparing.md, "Verdict". */
export function verdictOf(evidence: VerdictEvidence): Verdict {
  const { p, effect, interval, noise } = evidence;
  if (!evidence.comparable) return 'not comparable';
  if (!evidence.enough || p === null || effect === null || interval === null) {
    return 'insufficient data';
  }
  if (![effect, interval.low, interval.high].every(Number.isFinite)) return 'insufficient data';
  if (p < (evidence.alpha ?? 0.05) && (interval.low > 0 || interval.high < 0)) {
    return Math.abs(effect) > noise
      ? realChange(effect, evidence.direction)
      : 'significant but negligible';
  }
  if (isWithin(interval, noise)) return 'equivalent';
  return isWithin(interval, noChangeNoises * noise) ? 'no significant change' : 'inconclusive';
}

function realChange(effect: number, direction: VerdictEvidence['direction']): Verdict {
  if (direction === 'neutral') return 'changed';
  return effect > 0 === (direction === 'higher') ? 'improved' : 'regressed';
}

function isWithin({ low, high }: { low: number; high: number }, size: number): boolean {
  return low >= -size && high <= size;
}
