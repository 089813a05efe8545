import { absenceReason } from './absenceReason.ts';
import type { MeasuredSession } from './measuredSession.ts';
import type { MissingReason } from './missingValue.ts';
import { metricRegistry } from './registry/metricRegistry.ts';
import type {
  FlagMetricId,
  LabelMetricId,
  NumberMetricId,
  SeriesMetricId,
  SessionMetricId,
} from './registry/metricRegistry.ts';
import type { SessionMetrics } from './sessionMetrics.ts';
import { distributionOf, type Distribution } from './statistics/distribution.ts';
import { percentile, sortedValues } from './statistics/percentile.ts';

/** Sessions without a value, by reason. */
export type MissingCounts = Partial<Record<MissingReason, number>>;

/** All observations of a pooled metric, and each session's p95 so that no session dominates. */
export interface PooledDistribution {
  pooled: Distribution;
  sessionP95: Distribution;
}

export interface FlagCounts {
  yes: number;
  no: number;
  missing: MissingCounts;
}

export interface LabelCounts {
  counts: Record<string, number>;
  missing: MissingCounts;
}

/** The values of a metric over completed sessions; `timedOut` ones may count as infinite. */
export function numberDistribution(
  id: NumberMetricId,
  completed: readonly MeasuredSession[],
  timedOut: readonly MeasuredSession[],
): Distribution {
  const { values, missing } = collect(id, completed);
  const numbers = values.filter((value) => typeof value === 'number');
  const censored = timedOut.filter(({ metrics }) => isCensored(id, metrics)).length;
  return distributionOf(numbers, { missing, censored });
}

export function pooledDistribution(
  id: SeriesMetricId,
  completed: readonly MeasuredSession[],
): PooledDistribution {
  const missing: MissingCounts = {};
  const series: number[][] = [];
  for (const { metrics } of completed) {
    const reason = absenceReason(id, metrics);
    if (reason === undefined) series.push(metrics.series[id]);
    else count(missing, reason);
  }
  const p95s = series.map((values) => percentile(sortedValues(values), 0.95));
  return {
    pooled: distributionOf(series.flat(), { missing }),
    sessionP95: distributionOf(
      p95s.filter((value) => value !== null),
      { missing },
    ),
  };
}

export function flagCounts(id: FlagMetricId, completed: readonly MeasuredSession[]): FlagCounts {
  const { values, missing } = collect(id, completed);
  const yes = values.filter((value) => value === true).length;
  return { yes, no: values.length - yes, missing };
}

export function labelCounts(id: LabelMetricId, completed: readonly MeasuredSession[]): LabelCounts {
  const { values, missing } = collect(id, completed);
  const counts: Record<string, number> = {};
  for (const value of values) counts[String(value)] = (counts[String(value)] ?? 0) + 1;
  return { counts, missing };
}

interface Collected {
  values: (number | boolean | string)[];
  missing: MissingCounts;
}

function collect(id: SessionMetricId, sessions: readonly MeasuredSession[]): Collected {
  const collected: Collected = { values: [], missing: {} };
  for (const { metrics } of sessions) {
    const value = metrics.values[id];
    const reason = absenceReason(id, metrics);
    if (reason !== undefined) count(collected.missing, reason);
    else if (value !== null) collected.values.push(value);
  }
  return collected;
}

/** Reasons that waiting longer could have removed. */
const awaited: ReadonlySet<MissingReason> = new Set([
  'not_connected',
  'not_ready',
  'no_audio_sent',
  'audio_incomplete',
  'no_event',
  'no_text',
  'no_final',
  'no_final_after_speech',
  'no_text_after_speech',
]);

/** A time that a timed-out session was still waiting for is at least as long as the wait. */
function isCensored(id: NumberMetricId, metrics: SessionMetrics): boolean {
  const reason = metrics.missing[id];
  return metricRegistry[id].unit === 'ms' && reason !== undefined && awaited.has(reason);
}

function count(counts: MissingCounts, reason: MissingReason): void {
  counts[reason] = (counts[reason] ?? 0) + 1;
}
