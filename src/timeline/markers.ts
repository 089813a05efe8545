import { finalisationMetrics } from '../metrics/finalisationMetrics.ts';
import { firstTextMetrics } from '../metrics/firstTextMetrics.ts';
import { isMissing, type Measured, type Missing } from '../metrics/missingValue.ts';
import { formatMetric } from '../metrics/registry/formatMetric.ts';
import { metricRegistry, type NumberMetricId } from '../metrics/registry/metricRegistry.ts';
import { commitUs, type SessionTimeline } from '../metrics/sessionTimeline.ts';
import type { Micros } from '../trace/sessionTrace.ts';
import type { TimelineAxis } from './axis.ts';
import type { TimelineMarker } from './timelineSession.ts';

/** The instants that the headline figures are measured between, by time. */
export function markers(
  timeline: SessionTimeline,
  axis: TimelineAxis,
  live: boolean,
): TimelineMarker[] {
  const { firstTextUs, lastSendUs, clock, spoken, sentMs, trace } = timeline;
  const found: TimelineMarker[] = [];
  const add = (id: TimelineMarker['id'], atMs: number, label: string, figure = '') => {
    found.push({ id, atMs, label, figure });
  };
  if (!isMissing(firstTextUs)) {
    const { ttft } = firstTextMetrics(timeline);
    add('firstText', axis.toMs(firstTextUs), 'First text', figureOf('ttft', ttft));
  }
  if (!isMissing(spoken)) add('endOfSpeech', axis.toMs(spoken.endUs), 'End of speech');
  if (!isMissing(lastSendUs)) {
    add('endOfAudio', isMissing(clock) ? axis.toMs(lastSendUs) : sentMs, 'End of audio');
  }
  const finalCommitUs = commitUs(trace, 'final');
  if (finalCommitUs !== null) add('finalCommit', axis.toMs(finalCommitUs), 'Final commit');
  const final = live ? null : finalFigure(timeline);
  if (final) add('final', axis.toMs(final.atUs), 'Final', final.figure);
  return found.sort((a, b) => a.atMs - b.atMs);
}

/** What users waited for at the end, best definition first. */
export const finalMetricIds = ['ttfs', 'tail_latency', 'finalize_latency'] as const;

/** The end of the text and the figure that leads to it; null without a final. */
function finalFigure(timeline: SessionTimeline): { atUs: Micros; figure: string } | null {
  const { finalUs, doneUs } = timeline;
  const values = finalisationMetrics(timeline);
  const id = finalMetricIds.find((one) => !isMissing(values[one]));
  const ends: readonly (Micros | Missing)[] = id === 'tail_latency' ? [doneUs] : [finalUs, doneUs];
  const atUs = ends.find((end) => !isMissing(end));
  if (atUs === undefined || isMissing(atUs)) return null;
  const figures = id === undefined ? [] : [figureOf(id, values[id])];
  // Users wait for the text after speech; the server can only be blamed for what follows the audio.
  if (id === 'ttfs') figures.push(figureOf('tail_latency', values.tail_latency));
  return { atUs, figure: figures.filter((figure) => figure !== '').join(' · ') };
}

function figureOf(id: NumberMetricId, value: Measured): string {
  if (isMissing(value)) return '';
  const definition = metricRegistry[id];
  return `${definition.short} ${formatMetric(definition, value)}`;
}
