import { metricRegistry, seriesMetricIds } from '../metrics/registry/metricRegistry.ts';
import type { NumberMetricId, SeriesMetricId } from '../metrics/registry/metricRegistry.ts';
import { ComparisonError } from './comparisonError.ts';

/**
 * What one session contributes to a comparison: a metric's value, or a percentile of its
 * observations where a session has many. The key is `ttft` or `wel.p95`.
 */
export type Measure =
  | { key: string; metric: NumberMetricId; percentile: null }
  | { key: string; metric: SeriesMetricId; percentile: 'p50' | 'p95' };

/** Measures in the order of a session's life. Neutral metrics have no better or worse. */
export const measures: readonly Measure[] = [
  'start_delay',
  'connect_time',
  'ready_time',
  'ttft_speech',
  'ttft',
  'ttft_commit',
  'ttft_sched',
  'ttfe',
  'idl.p50',
  'idl.p95',
  'itl',
  'max_gap',
  'stall_count',
  'wel.p50',
  'wel.p95',
  'wsl.p95',
  'wel_send.p95',
  'wel_coverage',
  'ttfs',
  'ttfs_first_final',
  'ttfs_first_partial',
  'finalize_latency',
  'tail_latency',
  'ttlt',
  'time_to_final_wer',
  'rtfx',
  'lag_slope',
  'normalized_erasure',
  'send_lateness.p95',
].map(measureOf);

/** Keys that are not of a session's value: computed from texts and outcomes. */
export const textKeys = ['wer', 'cer_nospace', 'mixer'] as const;
export const errorRateKey = 'error_rate';

const keys: readonly string[] = [...measures.map(({ key }) => key), ...textKeys, errorRateKey];

/** Throws a {@link ComparisonError} that names the keys there are. */
export function requireKnownMeasures(asked: readonly string[]): void {
  for (const key of asked) {
    if (keys.includes(key)) continue;
    throw new ComparisonError(
      'metric_unknown',
      `There is nothing to compare called "${key}". Use one of: ${keys.join(', ')}.`,
    );
  }
}

/** For people, for example `WEL p95`. */
export function measureShort({ metric, percentile }: Measure): string {
  const { short } = metricRegistry[metric];
  return percentile === null ? short : `${short} ${percentile}`;
}

function measureOf(key: string): Measure {
  const [id = '', percentile] = key.split('.');
  const metric = id as NumberMetricId | SeriesMetricId;
  if (!isSeries(metric)) return { key, metric, percentile: null };
  return { key, metric, percentile: percentile === 'p50' ? 'p50' : 'p95' };
}

function isSeries(id: NumberMetricId | SeriesMetricId): id is SeriesMetricId {
  return (seriesMetricIds as readonly string[]).includes(id);
}
