import { absenceReason } from './absenceReason.ts';
import { metricOf, type SeriesMetricId, type SessionMetricId } from './registry/metricRegistry.ts';
import type { SessionMetrics } from './sessionMetrics.ts';
import { meanOf, percentileFractions, type PercentileId } from './statistics/distribution.ts';
import { percentile, sortedValues } from './statistics/percentile.ts';

/** A limit on a figure, as the thresholds of plans are. */
export interface FigureLimit {
  metric: string;
  statistic: PercentileId | 'max' | 'mean' | 'value';
  comparison: '<=' | '>=';
  limit: number;
}

/** A limit that a session by itself meets or misses. */
export interface SessionLimit extends FigureLimit {
  metric: SessionMetricId | SeriesMetricId;
}

/** The limits on metrics of sessions and on series; those on figures of runs and on texts are not. */
export function sessionLimits(limits: readonly FigureLimit[]): SessionLimit[] {
  return limits.filter((limit): limit is SessionLimit => isOfSessions(limit.metric));
}

/** Whether a metric, by an id of unknown origin, has values for each session. */
export function isOfSessions(metric: string): boolean {
  const level = metricOf(metric)?.level;
  return level === 'session' || level === 'pooled';
}

/** Whether a session meets a limit; one that lacks the figure does not. */
export function meetsLimit(metrics: SessionMetrics, limit: SessionLimit): boolean {
  const value = ownFigure(metrics, limit);
  if (value === null) return false;
  return limit.comparison === '<=' ? value <= limit.limit : value >= limit.limit;
}

/** The session's value whatever the statistic; of a series the statistic of its own observations. */
function ownFigure(metrics: SessionMetrics, { metric, statistic }: SessionLimit): number | null {
  if (absenceReason(metric, metrics) !== undefined) return null;
  if (isSeries(metrics, metric)) return statisticOf(metrics.series[metric], statistic);
  const value = metrics.values[metric];
  return typeof value === 'number' || typeof value === 'boolean' ? Number(value) : null;
}

function isSeries(metrics: SessionMetrics, id: string): id is SeriesMetricId {
  return Object.hasOwn(metrics.series, id);
}

function statisticOf(
  values: readonly number[],
  statistic: FigureLimit['statistic'],
): number | null {
  if (statistic === 'value') return null;
  if (statistic === 'mean') return meanOf(values);
  const fraction = statistic === 'max' ? 1 : percentileFractions[statistic];
  return percentile(sortedValues(values), fraction);
}
