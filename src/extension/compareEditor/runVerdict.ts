import { comparePrepared, prepareComparison } from '../../comparison/compareRuns.ts';
import type { Conclusion, PairComparison } from '../../comparison/comparison.ts';
import { ComparisonError } from '../../comparison/comparisonError.ts';
import { primaryRows } from '../../comparison/primaryRows.ts';
import type { RunReport } from '../../runfile/runReport.ts';
import type { ReadRunSource, RunVerdict } from './compareReaderMessages.ts';

type Noise = Readonly<Record<string, number>>;

/**
 * What the primary metrics of a run say against a baseline, in one word and some names.
 *
 * @param noise changes that do not matter, by row key, in the metric's unit
 */
export function runVerdict(
  baseline: ReadRunSource,
  candidate: ReadRunSource,
  noise: Noise,
): RunVerdict {
  if (!baseline.report) return incomparable(baseline.problem);
  if (!candidate.report) return incomparable(candidate.problem);
  try {
    return joined(primaryComparisons([baseline.report, candidate.report], noise));
  } catch (error) {
    if (error instanceof ComparisonError) return incomparable(error.message);
    throw error;
  }
}

/** The exploratory rows, which take most of the time, are left out. */
function primaryComparisons(runs: readonly RunReport[], noise: Noise): PairComparison[] {
  const { reports, pairs } = prepareComparison(runs, { noise });
  return pairs.flatMap((placed) => {
    const metrics = [...primaryRows(placed.pair).keys()];
    return comparePrepared({ reports, pairs: [placed] }, { metrics, noise, worst: 0 }).pairs;
  });
}

function joined(pairs: readonly PairComparison[]): RunVerdict {
  const named = (of: 'regressed' | 'improved') => [
    ...new Set(
      pairs.flatMap(({ metrics, conclusion }) =>
        metrics.filter(({ key }) => conclusion[of].includes(key)).map(({ short }) => short),
      ),
    ),
  ];
  const texts = pairs.map(({ a, conclusion: { text } }) =>
    pairs.length === 1 ? text : `${a.endpoint}: ${text}`,
  );
  return {
    verdict: joinedVerdict(pairs.map(({ conclusion }) => conclusion.verdict)),
    text: texts.join(' '),
    regressed: named('regressed'),
    improved: named('improved'),
  };
}

/** Of all endpoints: what changed in any of them outweighs what did not. */
function joinedVerdict(verdicts: readonly Conclusion['verdict'][]): Conclusion['verdict'] {
  const has = (verdict: Conclusion['verdict']) => verdicts.includes(verdict);
  if (has('mixed') || (has('regressed') && has('improved'))) return 'mixed';
  const order = ['regressed', 'improved', 'undecided', 'no change'] as const;
  return order.find(has) ?? 'not comparable';
}

function incomparable(text: string): RunVerdict {
  return { verdict: 'not comparable', text, regressed: [], improved: [] };
}
