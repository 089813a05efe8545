import { metricRegistry, type MetricId } from '../metrics/registry/metricRegistry.ts';
import type { FileSummary } from '../runfile/summarySchema.ts';

export interface SummaryFigure {
  value: number;
  /** False: too few values for a 95 % interval. */
  enough: boolean;
}

/** What a run says of a metric where there is room for two figures. */
export interface SummaryFigures {
  /** The median, or the one value that the run has. */
  main: SummaryFigure | null;
  /** The 95th percentile; null for metrics that have one value. */
  tail: SummaryFigure | null;
  /** Sessions that the figures rest on. */
  sessions: number;
}

type FileDistribution = FileSummary['metrics'][string];
type FilePercentile = FileDistribution['p50'];

/** Null where the run has no value of it. */
export function summaryFigures(summary: FileSummary, id: MetricId): SummaryFigures | null {
  const figures = figuresOf(summary, id);
  return figures && (figures.main ?? figures.tail) ? figures : null;
}

function figuresOf(summary: FileSummary, id: MetricId): SummaryFigures | null {
  const { sessions, errorRate } = summary;
  switch (metricRegistry[id].level) {
    case 'session':
      return percentilesOf(summary.metrics[id], summary.metrics[id]);
    case 'pooled':
      return percentilesOf(summary.pooled[id]?.pooled, summary.pooled[id]?.sessionP95);
    case 'run': {
      const counted = id === 'error_rate' ? errorRate.total : (sessions.total ?? 0);
      return oneFigure(summary.run[id], counted);
    }
    case 'text': {
      const text = textOf(summary, id);
      return text && oneFigure(text.rates[id], text.utterances);
    }
  }
}

/** @param bySession the distribution that has one value per session */
function percentilesOf(
  distribution: FileDistribution | undefined,
  bySession: FileDistribution | undefined,
): SummaryFigures | null {
  if (!distribution) return null;
  const { p50, p95 } = distribution;
  return { main: percentileOf(p50), tail: percentileOf(p95), sessions: bySession?.n ?? 0 };
}

function percentileOf({ value, enough }: FilePercentile): SummaryFigure | null {
  return value === null ? null : { value, enough };
}

function oneFigure(
  value: number | boolean | null | undefined,
  sessions: number,
): SummaryFigures | null {
  if (typeof value !== 'number') return null;
  return { main: { value, enough: true }, tail: null, sessions };
}

/** Of the texts whose headline it is, the largest part: those of other profiles are not comparable. */
function textOf({ text }: FileSummary, id: MetricId): FileSummary['text'][number] | null {
  const own = text.filter(({ headline }) => headline === id);
  return own.toSorted((one, other) => other.utterances - one.utterances)[0] ?? null;
}
