import { metricRegistry } from '../metrics/registry/metricRegistry.ts';
import { ComparisonError } from './comparisonError.ts';
import { requireKnownMeasures } from './measure.ts';

const form = /^(\d+(?:\.\d+)?)\s*(ms|%|pp)?$/;

/**
 * A change of a metric that does not matter, from text such as `20 ms` or `0.2 %` (percentage
 * points). Returns it in the metric's unit: 0.01 is one percentage point.
 *
 * @param key of a row, for example `ttfs` or `wel.p95`
 * @throws {ComparisonError} that says what is wrong
 */
export function noiseThreshold(key: string, text: string): number {
  requireKnownMeasures([key]);
  const [, digits, unit] = form.exec(text.trim()) ?? [];
  if (digits === undefined) {
    throw new ComparisonError(
      'option_invalid',
      `"${text}" is no size of ${key}: write for example "20 ms", or "0.2 %" (percentage points).`,
    );
  }
  requireUnit(key, unit);
  const scale = unit === '%' || unit === 'pp' ? 0.01 : 1;
  return Number(digits) * scale;
}

/** Milliseconds of times, percent of ratios; no unit is the metric's own. */
function requireUnit(key: string, unit: string | undefined): void {
  const metrics: Partial<Record<string, { unit: string }>> = metricRegistry;
  const own = metrics[key.split('.')[0]!]?.unit;
  if (unit === undefined || own === undefined) return;
  const fits = unit === 'ms' ? own === 'ms' : own === 'ratio';
  if (!fits) throw new ComparisonError('option_invalid', `"${key}" is not measured in ${unit}.`);
}
