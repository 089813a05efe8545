import { isMissing } from '../metrics/missingValue.ts';
import { needsAudioClock, seriesMetricIds } from '../metrics/registry/metricRegistry.ts';
import type { SeriesMetricId } from '../metrics/registry/metricRegistry.ts';
import { isCompleted } from '../metrics/sessionStatus.ts';
import { sessionSeries } from '../metrics/sessionSeries.ts';
import { sessionTimeline } from '../metrics/sessionTimeline.ts';
import type { RunReport } from '../runfile/runReport.ts';
import type { FileSession } from '../runfile/runSchema.ts';
import { cardMetricIds, type CardMetricId } from './metricCards.ts';

const seriesIds: ReadonlySet<string> = new Set(seriesMetricIds);
const cardSeriesIds = cardMetricIds.filter((id) => seriesIds.has(id)) as (CardMetricId &
  SeriesMetricId)[];

/**
 * The single values behind an endpoint's distributions, by the same rules: completed sessions,
 * and none that counts from the spoken audio where that was sent too late.
 */
export function observedValues(
  { run, sessions }: RunReport,
  endpointId: string,
): ReadonlyMap<CardMetricId, readonly number[]> {
  const utterances = new Map(run.utterances.map((utterance) => [utterance.id, utterance]));
  const traces = new Map(run.sessions.map((session) => [session.id, session.trace]));
  const values = new Map<CardMetricId, number[]>(cardMetricIds.map((id) => [id, []]));
  for (const session of sessions) {
    if (session.endpointId !== endpointId || !isCompleted(session.figures.status)) continue;
    addFigures(session, values);
    const trace = traces.get(session.id);
    if (!trace) continue;
    const series = sessionSeries(sessionTimeline(trace, utterances.get(session.utteranceId)!));
    for (const id of cardSeriesIds) {
      const own = series[id];
      if (isMissing(own) || isSpoilt(id, session)) continue;
      for (const value of own) values.get(id)!.push(value);
    }
  }
  return values;
}

function addFigures(session: FileSession, values: ReadonlyMap<CardMetricId, number[]>): void {
  for (const [id, list] of values) {
    const value = session.figures.metrics[id];
    if (typeof value === 'number' && !isSpoilt(id, session)) list.push(value);
  }
}

function isSpoilt(id: CardMetricId, { figures }: FileSession): boolean {
  return needsAudioClock(id) && figures.metrics.pacing_quality === 'invalid';
}
