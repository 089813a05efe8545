import type { MissingReason } from './missingValue.ts';
import { needsAudioClock } from './registry/metricRegistry.ts';
import type { SeriesMetricId, SessionMetricId } from './registry/metricRegistry.ts';
import type { SessionMetrics } from './sessionMetrics.ts';

/**
 * Why a session's value of a metric counts nowhere; undefined where it does count. Values that
 * count from the spoken audio are worth nothing where it was sent too late.
 */
export function absenceReason(
  id: SessionMetricId | SeriesMetricId,
  metrics: SessionMetrics,
): MissingReason | undefined {
  const spoilt = needsAudioClock(id) && metrics.values.pacing_quality === 'invalid';
  return spoilt ? 'pacing_invalid' : metrics.missing[id];
}
