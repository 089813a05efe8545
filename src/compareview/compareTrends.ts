import type { Comparison, MetricComparison, PairComparison } from '../comparison/comparison.ts';
import { groupBy } from '../metrics/groupBy.ts';
import { rowFormat } from '../report/rowCells.ts';
import type { CompareTrend } from './compareView.ts';

/**
 * The primary metrics of each of the baseline's endpoints over all runs, oldest run first.
 *
 * @param places of the runs among all files
 */
export function compareTrends(comparison: Comparison, places: readonly number[]): CompareTrend[] {
  const byEndpoint = groupBy(comparison.pairs, ({ a }) => a.endpoint);
  return [...byEndpoint].flatMap(([endpoint, pairs]) => {
    const primary = pairs.flatMap(({ metrics }) =>
      metrics.filter(({ family }) => family === 'primary'),
    );
    return [...groupBy(primary, ({ key }) => key).values()].map(([row]) =>
      trend(comparison, { endpoint, pairs, row: row!, places }),
    );
  });
}

interface TrendOf {
  endpoint: string;
  /** The endpoint's, one for each run that has it. */
  pairs: readonly PairComparison[];
  /** The metric in any of them. */
  row: MetricComparison;
  places: readonly number[];
}

function trend({ runs }: Comparison, { endpoint, pairs, row, places }: TrendOf): CompareTrend {
  const { key, label, direction } = row;
  const rows = new Map(
    pairs.map((pair) => [pair.b.run, pair.metrics.find((one) => one.key === key) ?? null]),
  );
  const baseline = [...rows.values()].find((one) => one?.change)?.change ?? null;
  const points = runs.map(({ startedAt }, run): CompareTrend['points'][number] => {
    const own = rows.get(run) ?? null;
    return {
      run: places[run]!,
      startedAtMs: Date.parse(startedAt),
      value: (run === 0 ? baseline?.a : own?.change?.b) ?? null,
      verdict: own?.verdict ?? null,
    };
  });
  return {
    endpoint,
    key,
    label,
    direction,
    format: rowFormat(row),
    points: points.toSorted((one, other) => one.startedAtMs - other.startedAtMs),
  };
}
