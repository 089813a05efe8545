import { isMissing } from '../metrics/missingValue.ts';
import { needsAudioClock, type MetricId } from '../metrics/registry/metricRegistry.ts';
import { sessionSeries } from '../metrics/sessionSeries.ts';
import { isCompleted } from '../metrics/sessionStatus.ts';
import { sessionTimeline } from '../metrics/sessionTimeline.ts';
import { percentileFractions } from '../metrics/statistics/distribution.ts';
import { percentile, sortedValues } from '../metrics/statistics/percentile.ts';
import type { RunUtterance } from '../runfile/run.ts';
import type { FileSession } from '../runfile/runSchema.ts';
import type { Measure } from './measure.ts';
import type { RunSide } from './runSide.ts';

/** A session's value of a measure, or why it has none. */
export type SessionValue = number | string;

/**
 * The values of one session, by the rules of a run's own figures: completed sessions only, and
 * none that counts from the spoken audio where that was sent too late. One entry per measure.
 */
export function sessionValues(
  session: FileSession,
  utterance: RunUtterance,
  { traces }: RunSide,
  measures: readonly Measure[],
): SessionValue[] {
  const { status } = session.figures;
  if (!isCompleted(status)) return measures.map(() => status);
  const trace = traces.get(session.id);
  const needsSeries = measures.some((measure) => measure.percentile !== null);
  const series = trace && needsSeries ? sessionSeries(sessionTimeline(trace, utterance)) : null;
  const ascending = new Map<MetricId, ArrayLike<number>>();
  const isSpoilt = session.figures.metrics.pacing_quality === 'invalid';
  return measures.map((measure) => {
    if (isSpoilt && needsAudioClock(measure.metric)) return 'pacing_invalid';
    if (measure.percentile === null) return figure(session, measure.metric);
    if (series === null) return 'no_trace';
    const values = series[measure.metric];
    if (isMissing(values)) return values.missing;
    const sorted = ascending.get(measure.metric) ?? sortedList(values);
    ascending.set(measure.metric, sorted);
    return percentile(sorted, percentileFractions[measure.percentile]) ?? 'no_event';
  });
}

/** Typed arrays sort long lists faster; to make one takes longer than to sort a short list. */
function sortedList(values: readonly number[]): ArrayLike<number> {
  return values.length > 64 ? sortedValues(values) : values.toSorted((one, other) => one - other);
}

function figure({ figures }: FileSession, id: MetricId): SessionValue {
  const value = figures.metrics[id];
  if (typeof value === 'number') return value;
  for (const reason in figures.missing) {
    if (figures.missing[reason]!.includes(id)) return reason;
  }
  return 'not_measured';
}
