import { BenchError } from '../common/benchError.ts';
import { metricOf, metricRegistry } from '../metrics/registry/metricRegistry.ts';
import { formatThreshold, type Threshold } from '../plan/threshold.ts';
import type { FileSummary } from './summarySchema.ts';

export interface ThresholdResult {
  threshold: Threshold;
  endpoint: string;
  /** Null where the run has no such figure; the threshold is missed then. */
  value: number | null;
  met: boolean;
}

/** Throws a BenchError for a threshold on a figure that does not exist, before anything runs. */
export function requireKnownMetrics(thresholds: readonly Threshold[]): void {
  for (const threshold of thresholds) {
    const definition = metricOf(threshold.metric);
    if (!definition) {
      const ids = Object.keys(metricRegistry).join(', ');
      throw thresholdInvalid(
        threshold,
        `there is no metric "${threshold.metric}". Metrics: ${ids}`,
      );
    }
    const single = !definition.aggregation.startsWith('percentiles');
    if (single !== (threshold.statistic === 'value')) {
      const remedy = single
        ? `"${threshold.metric}" has one value: leave the statistic out`
        : `"${threshold.metric}" is a distribution: add .p50, .p90, .p95, .p99, .max or .mean`;
      throw thresholdInvalid(threshold, remedy);
    }
  }
}

/** Holds every endpoint of a run against every threshold. */
export function checkThresholds(
  thresholds: readonly Threshold[],
  summary: readonly FileSummary[],
): ThresholdResult[] {
  return summary.flatMap((endpoint) =>
    thresholds.map((threshold) => {
      const value = figure(endpoint, threshold);
      const met = value !== null && meetsThreshold(value, threshold);
      return { threshold, endpoint: endpoint.endpoint, value, met };
    }),
  );
}

/** Whether a figure is on the right side of its limit. */
export function meetsThreshold(value: number, { comparison, limit }: Threshold): boolean {
  return comparison === '<=' ? value <= limit : value >= limit;
}

function figure(summary: FileSummary, { metric, statistic }: Threshold): number | null {
  if (statistic === 'value') return singleFigure(summary, metric);
  const distribution = summary.metrics[metric] ?? summary.pooled[metric]?.pooled;
  if (!distribution) return null;
  const value = distribution[statistic];
  return typeof value === 'object' && value !== null ? value.value : value;
}

function singleFigure({ run, text, flags }: FileSummary, metric: string): number | null {
  const flag = flags[metric];
  if (flag) return flag.yes + flag.no === 0 ? null : flag.yes / (flag.yes + flag.no);
  const value = run[metric];
  if (value !== undefined) return value === null ? null : Number(value);
  return text[0]?.rates[metric] ?? null;
}

function thresholdInvalid(threshold: Threshold, problem: string): BenchError {
  return new BenchError(
    'threshold_invalid',
    `Threshold "${formatThreshold(threshold)}": ${problem}.`,
  );
}
