import { unitText } from '../metrics/registry/formatMetric.ts';
import { metricOf, metricRegistry, type MetricId } from '../metrics/registry/metricRegistry.ts';
import type { Threshold } from '../plan/threshold.ts';
import { figureFormat } from '../report/formatFigure.ts';
import { thresholdFigure } from '../report/thresholdFigure.ts';
import { meetsThreshold } from '../runfile/checkThresholds.ts';
import { summaryFigures, type SummaryFigure, type SummaryFigures } from './loadFigures.ts';
import {
  hasSeveralLoads,
  levelCurves,
  type LevelCurve,
  type LoadedRun,
  type LoadLevel,
} from './loadLevels.ts';
import type { LoadChart, LoadFigure, LoadFigures, LoadPoint, LoadView } from './loadView.ts';

/** What a look at a loaded server should show; of each line, the first that has values. */
const headlines: readonly (readonly MetricId[])[] = [
  ['ttft'],
  ['wel'],
  ['ttfs', 'finalize_latency', 'tail_latency'],
  ['error_rate'],
  ['wer'],
  ['cer_nospace'],
  ['mixer'],
];

const fewestRuns = 2;

/**
 * The headline metrics of each endpoint by the load that was measured on it, and those that plans
 * have thresholds on. Null where no endpoint was under two loads. Pure.
 */
export function buildLoadView(runs: readonly LoadedRun[]): LoadView | null {
  const curves = levelCurves(runs);
  if (!curves.some(hasSeveralLoads)) return null;
  const thresholds = thresholdsOf(runs);
  const measured = chartedMetrics(curves, thresholds).map((id) => measure(id, curves, thresholds));
  if (measured.length === 0) return null;
  return {
    curves: curves.map(({ name, levels }) => ({
      name,
      points: levels.map((level) => pointOf(level, measured)),
    })),
    charts: measured.map(({ chart }) => chart),
  };
}

/** Of all plans, each once. */
function thresholdsOf(runs: readonly LoadedRun[]): Threshold[] {
  const all = runs.flatMap(({ report }) => report.run.plan.thresholds);
  return [...new Map(all.map((threshold) => [JSON.stringify(threshold), threshold])).values()];
}

function chartedMetrics(
  curves: readonly LevelCurve[],
  thresholds: readonly Threshold[],
): MetricId[] {
  const hasValues = (id: MetricId) => runsWith(id, curves) >= fewestRuns;
  const asked = thresholds.flatMap(({ metric }) => (metricOf(metric) ? [metric as MetricId] : []));
  const ids = [...headlines.flatMap((line) => line.find(hasValues) ?? []), ...asked];
  return [...new Set(ids)].filter(hasValues);
}

function runsWith(id: MetricId, curves: readonly LevelCurve[]): number {
  const levels = curves.flatMap((curve) => curve.levels);
  return new Set(
    levels.filter(({ summary }) => summaryFigures(summary, id)).map(({ run }) => run.place),
  ).size;
}

/** A metric with all that is drawn of it. */
interface MeasuredChart {
  chart: LoadChart;
  figures: ReadonlyMap<LoadLevel, SummaryFigures>;
  limits: readonly ChartLimit[];
}

interface ChartLimit {
  of: 'main' | 'tail';
  threshold: Threshold;
  text: string;
}

function measure(
  id: MetricId,
  curves: readonly LevelCurve[],
  thresholds: readonly Threshold[],
): MeasuredChart {
  const definition = metricRegistry[id];
  const levels = curves.flatMap((curve) => curve.levels);
  const figures = new Map(
    levels.flatMap((level) => {
      const own = summaryFigures(level.summary, id);
      return own ? [[level, own] as const] : [];
    }),
  );
  const limits = thresholds.flatMap((threshold) => limitOf(id, threshold));
  const values = [
    ...Array.from(figures.values(), ({ main, tail }) => [main?.value, tail?.value]).flat(),
    ...limits.map(({ threshold }) => threshold.limit),
  ];
  const largest = Math.max(...values.map((value) => Math.abs(value ?? 0)));
  return {
    chart: {
      key: id,
      label: definition.label,
      short: definition.short,
      format: figureFormat(id, unitText[definition.unit], largest),
      isDistribution: definition.aggregation.startsWith('percentiles'),
      limits: limits.map(({ of, threshold, text }) => ({ of, value: threshold.limit, text })),
    },
    figures,
    limits,
  };
}

/** Only thresholds on what is drawn have a line. */
function limitOf(id: MetricId, threshold: Threshold): ChartLimit[] {
  const drawn: Partial<Record<Threshold['statistic'], ChartLimit['of']>> = {
    p50: 'main',
    p95: 'tail',
    value: 'main',
  };
  const of = drawn[threshold.statistic];
  if (threshold.metric !== id || of === undefined) return [];
  const sign = threshold.comparison === '<=' ? '≤' : '≥';
  return [{ of, threshold, text: `${sign} ${thresholdFigure({ threshold }, threshold.limit)}` }];
}

function pointOf(level: LoadLevel, measured: readonly MeasuredChart[]): LoadPoint {
  const { run, load, concurrency, summary } = level;
  const rate = summary.run.sessions_per_s;
  return {
    run: run.place,
    load,
    concurrency,
    sessionsPerSecond: typeof rate === 'number' ? rate : null,
    figures: Object.fromEntries(
      measured.flatMap(({ chart, figures, limits }) => {
        const own = figures.get(level);
        return own ? [[chart.key, judged(own, limits)]] : [];
      }),
    ),
  };
}

function judged(
  { main, tail, sessions }: SummaryFigures,
  limits: readonly ChartLimit[],
): LoadFigures {
  const of = (which: ChartLimit['of']) => limits.filter((limit) => limit.of === which);
  return {
    main: main && judgedFigure(main, of('main')),
    tail: tail && judgedFigure(tail, of('tail')),
    sessions,
  };
}

function judgedFigure(figure: SummaryFigure, limits: readonly ChartLimit[]): LoadFigure {
  const missed = limits.filter(({ threshold }) => !meetsThreshold(figure.value, threshold));
  return { ...figure, missed: missed.map(({ text }) => text) };
}
