import type { MetricDefinition, MetricUnit } from './metricDefinition.ts';

/** What stands behind a number; nothing for shares, counts and words. */
export const unitText: Readonly<Record<MetricUnit, string>> = {
  ms: 'ms',
  s: 's',
  ratio: '',
  count: '',
  bytes: 'bytes',
  per_s: 'per s',
  ms_per_s: 'ms per s',
  times: '×',
  flag: '',
  label: '',
};

/** Digits behind the point for values up to `largest`: whole milliseconds say nothing below 10. */
export function shownDecimals({ unit, decimals }: MetricDefinition, largest: number): number {
  return unit === 'ms' && Math.abs(largest) < 10 ? Math.max(decimals, 2) : decimals;
}

/** A session's value with its unit, for example `412 ms`. */
export function formatMetric(
  definition: MetricDefinition,
  value: number | boolean | string,
): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return value;
  const number = value.toFixed(shownDecimals(definition, value));
  const unit = unitText[definition.unit];
  return unit === '' ? number : `${number} ${unit}`;
}
