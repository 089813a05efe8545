import { formatPercent } from '../common/formatPercent.ts';
import { cadenceMetrics } from '../metrics/cadenceMetrics.ts';
import { finalisationMetrics } from '../metrics/finalisationMetrics.ts';
import { firstTextMetrics } from '../metrics/firstTextMetrics.ts';
import { isMissing, type Measured, type Missing } from '../metrics/missingValue.ts';
import { partialStability } from '../metrics/partialStability.ts';
import { formatMetric } from '../metrics/registry/formatMetric.ts';
import { metricRegistry, type NumberMetricId } from '../metrics/registry/metricRegistry.ts';
import type { SessionTimeline } from '../metrics/sessionTimeline.ts';
import { median } from '../metrics/statistics/percentile.ts';
import type { HeadlineRate } from '../metrics/text/chooseProfile.ts';
import { wordLatencySeries, type MatchedWord } from '../metrics/wordLatency.ts';
import { finalMetricIds } from './markers.ts';
import { stallMs } from './stalls.ts';
import type { TimelineSession } from './timelineSession.ts';

/** The error rate of a session's text, by the profile its run chose. */
export interface ErrorRateFigure {
  id: HeadlineRate;
  /** A ratio. */
  value: number;
}

export interface FigureInput {
  timeline: SessionTimeline;
  /** Reference words that were recognised, of those heard so far. */
  matched: MatchedWord[] | Missing;
  live: boolean;
  errorRate: ErrorRateFigure | null;
}

type Figures = TimelineSession['figures'];

/** What the metrics say in short, in their order; those without a value are left out. */
export function figures(input: FigureInput): Figures {
  const { timeline, live, errorRate } = input;
  const cadence = cadenceMetrics(timeline, stallMs);
  return [
    ...figureOf('ttft', firstTextMetrics(timeline).ttft),
    ...figureOf('max_gap', cadence.max_gap),
    ...figureOf('stall_count', cadence.stall_count),
    ...(live ? [] : finalFigure(timeline)),
    ...stabilityFigures(timeline),
    ...lagFigure(input),
    ...(errorRate === null ? [] : [errorRateFigure(errorRate)]),
  ];
}

function finalFigure(timeline: SessionTimeline): Figures {
  const values = finalisationMetrics(timeline);
  const id = finalMetricIds.find((one) => !isMissing(values[one]));
  return id === undefined ? [] : figureOf(id, values[id]);
}

/** Only text that the protocol can take back has any. */
function stabilityFigures(timeline: SessionTimeline): Figures {
  const isRevisable = timeline.trace.received.some(({ events }) =>
    events.some((event) => event.type === 'text' && event.mode === 'replace'),
  );
  if (!isRevisable) return [];
  const stability = partialStability(timeline, timeline.rawSteps);
  return [
    ...figureOf('normalized_erasure', stability.normalized_erasure),
    ...figureOf('revision_events', stability.revision_events),
  ];
}

function lagFigure({ timeline, matched }: FigureInput): Figures {
  const { wel } = wordLatencySeries(matched, timeline.clock);
  const centre = isMissing(wel) ? null : median(wel);
  if (isMissing(wel) || centre === null) return [];
  const { short, label, description } = metricRegistry.wel;
  return [
    {
      label: `${short} p50`,
      value: formatMetric(metricRegistry.wel, centre),
      description: `${label}, median of ${wel.length}. ${description}`,
    },
  ];
}

function errorRateFigure({ id, value }: ErrorRateFigure): Figures[number] {
  const { short, label, description } = metricRegistry[id];
  return {
    label: short,
    value: formatPercent(value),
    description: `${label}. ${description}`,
  };
}

function figureOf(id: NumberMetricId, value: Measured): Figures {
  if (isMissing(value)) return [];
  const definition = metricRegistry[id];
  const { short, label, description } = definition;
  return [
    {
      label: short,
      value: formatMetric(definition, value),
      description: `${label}. ${description}`,
    },
  ];
}
