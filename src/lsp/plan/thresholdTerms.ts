import { metricRegistry, type MetricId } from '../../metrics/registry/metricRegistry.ts';
import type { MetricDefinition } from '../../metrics/registry/metricDefinition.ts';

/** The statistics of a distribution, with what they are. */
export const statistics: Readonly<Record<string, string>> = {
  p50: 'median',
  p90: '90th percentile',
  p95: '95th percentile',
  p99: '99th percentile',
  max: 'the largest value',
  mean: 'arithmetic mean',
};

/** The ids of the metrics that have a number a limit can be put on. */
export const limitedMetricIds = (Object.keys(metricRegistry) as MetricId[]).filter(
  (id) => metricRegistry[id].aggregation !== 'counts',
);

/** Whether a metric has many values in a run, of which a threshold names a statistic. */
export function isDistribution({ aggregation }: MetricDefinition): boolean {
  return aggregation.startsWith('percentiles');
}

/** The units that a limit on a metric may be written with. */
export function unitsOf({ unit, aggregation }: MetricDefinition): readonly string[] {
  if (unit === 'ms') return ['ms', 's'];
  return unit === 'ratio' || aggregation === 'share' ? ['%'] : [];
}

/** The id that a mistyped one most likely stands for; null where none is near. */
export function nearestMetricId(written: string): string | null {
  const wanted = written.toLowerCase().replaceAll('-', '_');
  const distances = limitedMetricIds.map((id) => ({ id, distance: letterDistance(wanted, id) }));
  distances.sort((one, other) => one.distance - other.distance);
  const [nearest] = distances;
  return nearest && nearest.distance <= Math.max(1, wanted.length / 3) ? nearest.id : null;
}

/** Letters to add, drop or replace to make one text of another. */
function letterDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let at = 1; at <= one.length; at++) {
    const next = [at];
    for (let to = 1; to <= other.length; to++) {
      const same = one[at - 1] === other[to - 1] ? 0 : 1;
      next.push(Math.min(row[to]! + 1, next[to - 1]! + 1, row[to - 1]! + same));
    }
    row = next;
  }
  return row.at(-1)!;
}
