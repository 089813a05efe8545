import { InvalidArgumentError } from 'commander';
import { ComparisonError } from '../comparison/comparisonError.ts';
import { noiseThreshold } from '../comparison/noiseThreshold.ts';

/** A threshold below which a change of a metric does not matter. */
export interface NoiseThreshold {
  key: string;
  /** In the metric's unit: milliseconds, seconds; 0.01 is one percentage point. */
  size: number;
}

/** Reads `ttfs=20ms`, `wer=0.2%` or `stall_count=1`, several times; for `commander`. */
export function collectNoise(text: string, earlier: NoiseThreshold[]): NoiseThreshold[] {
  const [, key, size] = /^([^=]*)=(.*)$/.exec(text.trim()) ?? [];
  if (key === undefined || size === undefined) {
    throw new InvalidArgumentError(
      'Write a metric and a size, for example "ttfs=20ms" or "wer=0.2%" (percentage points).',
    );
  }
  try {
    return [...earlier, { key: key.trim(), size: noiseThreshold(key.trim(), size) }];
  } catch (error) {
    if (error instanceof ComparisonError) throw new InvalidArgumentError(error.message);
    throw error;
  }
}
