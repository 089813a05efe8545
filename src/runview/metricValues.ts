import { isMissing } from '../metrics/missingValue.ts';
import { formatMetric } from '../metrics/registry/formatMetric.ts';
import { metricRegistry, seriesMetricIds } from '../metrics/registry/metricRegistry.ts';
import type { MetricId, SeriesMetricId } from '../metrics/registry/metricRegistry.ts';
import { sessionSeries } from '../metrics/sessionSeries.ts';
import { sessionTimeline } from '../metrics/sessionTimeline.ts';
import { median } from '../metrics/statistics/percentile.ts';
import type { RunSession, RunUtterance } from '../runfile/run.ts';
import type { FileSession } from '../runfile/runSchema.ts';
import { missingReasonText } from './missingReasonText.ts';
import type { MetricValue } from './runView.ts';

type Values = ReadonlyMap<string, string>;

/** Every metric of one session in the registry's order, with its value or why there is none. */
export function metricValues(
  { figures }: FileSession,
  session: RunSession | null,
  utterance: RunUtterance,
): MetricValue[] {
  const medians = session ? seriesMedians(session, utterance) : new Map<string, string>();
  const reasons = new Map(
    Object.entries(figures.missing).flatMap(([reason, ids]) => ids.map((id) => [id, reason])),
  );
  return (Object.keys(metricRegistry) as MetricId[]).flatMap((id): MetricValue[] => {
    const definition = metricRegistry[id];
    const { label, description } = definition;
    const figure = figures.metrics[id];
    const value = figure === undefined ? medians.get(id) : formatMetric(definition, figure);
    if (value !== undefined) return [{ label, description, value, known: true }];
    const reason = reasons.get(id);
    if (reason === undefined) return [];
    return [{ label, description, value: missingReasonText(reason), known: false }];
  });
}

/** Metrics with many values per session are told by their median. */
function seriesMedians({ trace }: RunSession, utterance: RunUtterance): Values {
  const series = sessionSeries(sessionTimeline(trace, utterance));
  return new Map(
    seriesMetricIds.flatMap((id: SeriesMetricId) => {
      const values = series[id];
      const centre = isMissing(values) ? null : median(values);
      if (isMissing(values) || centre === null) return [];
      return [[id, `${formatMetric(metricRegistry[id], centre)} (median of ${values.length})`]];
    }),
  );
}
