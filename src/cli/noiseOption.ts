import { InvalidArgumentError } from 'commander';
import { metricRegistry, type MetricId } from '../metrics/registry/metricRegistry.ts';

/** A threshold below which a change of a metric does not matter. */
export interface NoiseThreshold {
  key: string;
  /** In the metric's unit: milliseconds, seconds; 0.01 is one percentage point. */
  size: number;
}

const form = /^([a-z][a-z0-9_]*(?:\.p\d+)?)\s*=\s*(\d+(?:\.\d+)?)\s*(ms|%|pp)?$/;

/** Reads `ttfs=20ms`, `wer=0.2%` or `stall_count=1`, several times; for `commander`. */
export function collectNoise(text: string, earlier: NoiseThreshold[]): NoiseThreshold[] {
  const [, key, digits, unit] = form.exec(text.trim()) ?? [];
  if (key === undefined || digits === undefined) {
    throw new InvalidArgumentError(
      'Write a metric and a size, for example "ttfs=20ms" or "wer=0.2%" (percentage points).',
    );
  }
  requireUnit(key, unit);
  const scale = unit === '%' || unit === 'pp' ? 0.01 : 1;
  return [...earlier, { key, size: Number(digits) * scale }];
}

/** Milliseconds of times, percent of ratios; no unit is the metric's own. */
function requireUnit(key: string, unit: string | undefined): void {
  const metrics: Partial<Record<string, { unit: string }>> = metricRegistry satisfies Record<
    MetricId,
    unknown
  >;
  const own = metrics[key.split('.')[0]!]?.unit;
  if (unit === undefined || own === undefined) return;
  const fits = unit === 'ms' ? own === 'ms' : own === 'ratio';
  if (!fits) throw new InvalidArgumentError(`"${key}" is not measured in ${unit}.`);
}
