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

const form = /^([a-z][a-z0-9_]*)(?:\.([a-z0-9]+))?\s*(<=|>=)\s*(-?\d+(?:\.\d+)?)$/;

/**
 * Reads `ttft.p95<=1000` or `wer<=0.15`; times in milliseconds, rates as ratios.
 * Throws a {@link BenchError} that shows the form.
 */
export function parseThreshold(text: string): Threshold {
  const [, metric, statistic, comparison, limit] = form.exec(text.trim()) ?? [];
  const parsed = threshold.safeParse({
    metric,
    statistic: statistic ?? 'value',
    comparison,
    limit: Number(limit),
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
export function formatThreshold({ metric, statistic, comparison, limit }: Threshold): string {
  const name = statistic === 'value' ? metric : `${metric}.${statistic}`;
  return `${name}${comparison}${limit}`;
}
