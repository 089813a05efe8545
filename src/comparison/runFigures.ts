import { unitText } from '../metrics/registry/formatMetric.ts';
import { metricRegistry, type MetricId } from '../metrics/registry/metricRegistry.ts';
import { hardDifferences } from './comparabilityGate.ts';
import type { RunFigure } from './comparison.ts';
import type { PreparedPair } from './preparePair.ts';

const shownFigures = [
  'audio_throughput',
  'sessions_per_s',
  'goodput',
  'goodput_ratio',
  'concurrency_mean',
  'rtfx_corpus',
  'partial_rate',
  'client_stall_ms',
] as const satisfies readonly MetricId[];

/** Figures that a run has once, where both have them and their conditions agree. */
export function runFigures({ a, b, gate }: PreparedPair): RunFigure[] {
  return shownFigures.flatMap((metric) => {
    const valueA = a.summary?.run[metric];
    const valueB = b.summary?.run[metric];
    if (typeof valueA !== 'number' || typeof valueB !== 'number') return [];
    if (hardDifferences(gate, metric).length > 0) return [];
    const { label, unit, decimals } = metricRegistry[metric];
    return [{ metric, label, unit: unitText[unit], decimals, a: valueA, b: valueB }];
  });
}
