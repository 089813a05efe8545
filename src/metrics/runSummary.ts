import type { FailureClass, FailureReason } from '../trace/sessionFailure.ts';
import { groupBy } from './groupBy.ts';
import type { MeasuredSession } from './measuredSession.ts';
import { isMissing } from './missingValue.ts';
import {
  flagMetricIds,
  labelMetricIds,
  numberMetricIds,
  seriesMetricIds,
  type FlagMetricId,
  type LabelMetricId,
  type NumberMetricId,
  type SeriesMetricId,
} from './registry/metricRegistry.ts';
import {
  flagCounts,
  labelCounts,
  numberDistribution,
  pooledDistribution,
  type FlagCounts,
  type LabelCounts,
  type PooledDistribution,
} from './groupedMetrics.ts';
import { runMetrics, type RunMetrics, type RunOptions } from './runMetrics.ts';
import { pacingQuality, type PacingQuality } from './sendMetrics.ts';
import { isCompleted, type SessionStatus } from './sessionStatus.ts';
import type { Distribution } from './statistics/distribution.ts';
import { wilsonRate, type RateEstimate } from './statistics/wilson.ts';

export interface FailureCount {
  class: FailureClass;
  reason: FailureReason;
  count: number;
}

/** What the sessions with one endpoint say together; their texts are pooled by text profile elsewhere. */
export interface EndpointSummary extends RunMetrics {
  endpoint: string;
  sessions: Record<SessionStatus, number> & { total: number };
  /** Sessions that failed or broke off; cancelled ones only in `sessions`. Most frequent first. */
  failures: FailureCount[];
  /** Failed before any text, of all not cancelled. */
  errorRate: RateEstimate;
  /** Failed after some text, of all not cancelled. */
  partialRate: RateEstimate;
  /** Of all chunks together; null in burst pacing or without audio. */
  pacingQuality: PacingQuality | null;
  /** Completed sessions only. */
  metrics: Record<NumberMetricId, Distribution>;
  /** Sessions that broke off after some text, kept apart; only metrics that have values. */
  partial: Partial<Record<NumberMetricId, Distribution>>;
  flags: Record<FlagMetricId, FlagCounts>;
  labels: Record<LabelMetricId, LabelCounts>;
  pooled: Record<SeriesMetricId, PooledDistribution>;
}

/** One summary per endpoint, in the order in which the endpoints first appear. */
export function summariseRun(
  sessions: readonly MeasuredSession[],
  options: RunOptions = {},
): EndpointSummary[] {
  const byEndpoint = groupBy(sessions, (session) => session.endpoint);
  return Array.from(byEndpoint, ([endpoint, own]) => summariseEndpoint(endpoint, own, options));
}

function summariseEndpoint(
  endpoint: string,
  sessions: readonly MeasuredSession[],
  options: RunOptions,
): EndpointSummary {
  const statuses = countStatuses(sessions);
  const counted = statuses.total - statuses.cancelled;
  const errorRate = wilsonRate(statuses.failed, counted);
  const partialRate = wilsonRate(statuses.partial, counted);
  const completed = sessions.filter(({ metrics }) => isCompleted(metrics.status));
  const timedOut = sessions.filter(({ metrics }) => metrics.failureClass === 'timeout');
  return {
    endpoint,
    sessions: statuses,
    failures: countFailures(sessions),
    errorRate,
    partialRate,
    pacingQuality: overallPacingQuality(completed),
    metrics: recordOf(numberMetricIds, (id) => numberDistribution(id, completed, timedOut)),
    partial: partialDistributions(sessions),
    flags: recordOf(flagMetricIds, (id) => flagCounts(id, completed)),
    labels: recordOf(labelMetricIds, (id) => labelCounts(id, completed)),
    pooled: recordOf(seriesMetricIds, (id) => pooledDistribution(id, completed)),
    ...runMetrics(sessions, { errorRate, partialRate }, options),
  };
}

function countStatuses(sessions: readonly MeasuredSession[]): EndpointSummary['sessions'] {
  const counts = { success: 0, empty: 0, partial: 0, failed: 0, cancelled: 0 };
  for (const { metrics } of sessions) counts[metrics.status]++;
  return { total: sessions.length, ...counts };
}

function countFailures(sessions: readonly MeasuredSession[]): FailureCount[] {
  const counts = new Map<FailureReason, FailureCount>();
  for (const { trace, metrics } of sessions) {
    if (trace.failure === null || metrics.failureClass === null) continue;
    if (metrics.status === 'cancelled') continue;
    const { reason } = trace.failure;
    const count = counts.get(reason) ?? { class: metrics.failureClass, reason, count: 0 };
    counts.set(reason, { ...count, count: count.count + 1 });
  }
  return [...counts.values()].toSorted(
    (a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1),
  );
}

function overallPacingQuality(completed: readonly MeasuredSession[]): PacingQuality | null {
  const [first] = completed;
  if (!first) return null;
  const latenessesMs = completed.flatMap(({ metrics }) => metrics.series.send_lateness);
  const quality = pacingQuality(latenessesMs, first.trace.audio.pacing);
  return isMissing(quality) ? null : quality;
}

function partialDistributions(sessions: readonly MeasuredSession[]): EndpointSummary['partial'] {
  const brokenOff = sessions.filter(({ metrics }) => metrics.status === 'partial');
  const distributions: EndpointSummary['partial'] = {};
  for (const id of numberMetricIds) {
    const distribution = numberDistribution(id, brokenOff, []);
    if (distribution.n > 0) distributions[id] = distribution;
  }
  return distributions;
}

function recordOf<Id extends string, Value>(
  ids: readonly Id[],
  valueOf: (id: Id) => Value,
): Record<Id, Value> {
  return Object.fromEntries(ids.map((id) => [id, valueOf(id)])) as Record<Id, Value>;
}
