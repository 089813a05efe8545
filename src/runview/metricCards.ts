import { shownDecimals, unitText } from '../metrics/registry/formatMetric.ts';
import { metricRegistry, type MetricId } from '../metrics/registry/metricRegistry.ts';
import type { Load } from '../plan/load.ts';
import { metricFitsLoad } from '../runfile/metricFitsLoad.ts';
import type { FileSummary } from '../runfile/summarySchema.ts';
import { missingReasonText } from './missingReasonText.ts';
import type { MetricCard } from './runView.ts';

type FileDistribution = FileSummary['metrics'][string];

/** What a glance at a run should show, in the order of a session's life. */
export const cardMetricIds = [
  'ttft',
  'ttft_speech',
  'ttft_sched',
  'wel',
  'idl',
  'max_gap',
  'ttfs',
  'finalize_latency',
  'tail_latency',
  'rtfx',
  'normalized_erasure',
  'connect_time',
  'start_delay',
  'send_lateness',
] as const satisfies readonly MetricId[];

export type CardMetricId = (typeof cardMetricIds)[number];

const mostPlotted = 500;

/**
 * One card per headline metric that has values and says something under the load.
 *
 * @param observed the values of each metric, unsorted; those that are not all the distribution
 * rests on are not plotted
 */
export function metricCards(
  summary: FileSummary,
  load: Load,
  observed: ReadonlyMap<CardMetricId, readonly number[]>,
): MetricCard[] {
  return cardMetricIds.flatMap((id) => {
    if (!metricFitsLoad(id, load)) return [];
    const distribution = summary.metrics[id] ?? summary.pooled[id]?.pooled;
    if (!distribution || distribution.n === 0) return [];
    return [metricCard(id, distribution, observed.get(id) ?? [])];
  });
}

function metricCard(
  id: CardMetricId,
  distribution: FileDistribution,
  observed: readonly number[],
): MetricCard {
  const definition = metricRegistry[id];
  const { n, missing, p50, p90, p95, p99, max } = distribution;
  return {
    id,
    label: definition.label,
    short: definition.short,
    unit: unitText[definition.unit],
    decimals: shownDecimals(definition, max ?? 0),
    description: definition.description,
    n,
    missing: Object.entries(missing).map(([reason, count]) => ({
      reason: missingReasonText(reason),
      count,
    })),
    p50,
    p90,
    p95,
    p99,
    max,
    values: observed.length === n ? spreadRanks(observed.toSorted((a, b) => a - b)) : [],
  };
}

/** At most {@link mostPlotted} of the sorted values at even distances, the ends among them. */
function spreadRanks(sorted: number[]): number[] {
  if (sorted.length <= mostPlotted) return sorted;
  const step = (sorted.length - 1) / (mostPlotted - 1);
  return Array.from({ length: mostPlotted }, (_, i) => sorted[Math.round(i * step)]!);
}
