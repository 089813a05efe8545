import * as z from 'zod';
import { BenchError } from '../common/benchError.ts';

const statistics = ['p50', 'p90', 'p95', 'p99', 'max', 'mean', 'value'] as const;

/** A figure that a run must reach; one that is missing counts as missed. */
export const threshold = z
  .object({
    metric: z.string().min(1).describe('Metric id, for example `ttft` or `wer`.'),
    statistic: z
      .enum(statistics)
      .describe('`value` for figures that have only one, such as `wer`.'),
    comparison: z.enum(['<=', '>=']),
    limit: z.number(),
  })
  .describe('A limit that turns a run into a pass or a fail.');

export type Threshold = z.infer<typeof threshold>;

const form = /^([a-z][a-z0-9_]*)(?:\.([a-z0-9]+))?\s*(<=|>=)\s*(-?\d+(?:\.\d+)?)\s*(ms|s|%)?$/;

/** What a limit with a unit is multiplied by: times are milliseconds, rates ratios. */
const factors = { ms: 1, s: 1000, '%': 0.01 } as const;

/**
 * Reads `ttft.p95<=1000`, `ttfs.p95 <= 0.8 s`, `wer<=0.15` or `wer <= 15 %`; times in milliseconds
 * and rates as ratios, where no unit says otherwise.
 * Throws a {@link BenchError} that shows the form.
 */
export function parseThreshold(text: string): Threshold {
  const [, metric, statistic, comparison, written, unit] = form.exec(text.trim()) ?? [];
  // Rounded: 8 % is 0.08, not 0.08 and what binary fractions add.
  const limit = Number(
    (Number(written) * factors[(unit ?? 'ms') as keyof typeof factors]).toPrecision(12),
  );
  const parsed = threshold.safeParse({
    metric,
    statistic: statistic ?? 'value',
    comparison,
    limit,
  });
  if (!parsed.success) {
    throw new BenchError(
      'threshold_invalid',
      `Threshold "${text}" is not understood. Write a metric, a statistic (${statistics.join(', ')}) ` +
        'and a limit, for example "ttft.p95<=1000" or "wer<=0.15".',
    );
  }
  return parsed.data;
}

/** The form that {@link parseThreshold} reads. */
export function formatThreshold(threshold: Threshold): string {
  return `${thresholdName(threshold)}${threshold.comparison}${threshold.limit}`;
}

/** The figure that a threshold is about, for example `ttft.p95` or `wer`. */
export function thresholdName({ metric, statistic }: Threshold): string {
  return statistic === 'value' ? metric : `${metric}.${statistic}`;
}
