import { formatMetric } from '../metrics/registry/formatMetric.ts';
import { metricRegistry, type MetricId } from '../metrics/registry/metricRegistry.ts';
import type { ThresholdResult } from '../runfile/checkThresholds.ts';

/** A threshold's limit or the figure held against it, with its unit; rates in per cent. */
export function thresholdFigure(
  { threshold }: Pick<ThresholdResult, 'threshold'>,
  value: number | null,
): string {
  if (value === null) return 'no value';
  const definition = metricRegistry[threshold.metric as MetricId];
  if (definition.unit === 'ratio') return `${Number((value * 100).toFixed(2))} %`;
  return definition.unit === 'flag' ? String(value) : formatMetric(definition, value);
}
