import type { Comparison, PairComparison } from '../comparison/comparison.ts';

/** How a comparison was computed, in a sentence that makes it reproducible. */
export function methodText({ method: { alpha, seed }, metricsSpec, pairs }: Comparison): string {
  const resamples =
    pairs.length === 0
      ? ''
      : `, ${resampleCount(pairs, 'primary')} resamples for primary and ` +
        `${resampleCount(pairs, 'exploratory')} for exploratory metrics`;
  return (
    `Holm over the primary metrics at α ${alpha}; ` +
    `percentile bootstrap${resamples}, seed ${seed}; definitions ${metricsSpec}.`
  );
}

/** Pairs of many utterances are resampled less often. */
function resampleCount(
  pairs: readonly PairComparison[],
  family: keyof PairComparison['replicates'],
): string {
  const counts = new Set(pairs.map(({ replicates }) => replicates[family]));
  const most = Math.max(...counts).toLocaleString('en');
  return counts.size > 1 ? `up to ${most}` : most;
}
