import * as z from 'zod';

/** The figures of a run as files keep them, one entry per endpoint. */

const count = z.int().nonnegative();
const counts = z.record(z.string(), count);
const optionalNumber = z.number().nullable();

const percentile = z
  .object({
    value: optionalNumber,
    enough: z.boolean().describe('False: too few values for a 95 % interval.'),
    low: optionalNumber,
    high: optionalNumber,
  })
  .meta({ id: 'percentile' });

const distribution = z
  .object({
    n: count,
    missing: counts.describe('Sessions without a value, by reason.'),
    mean: optionalNumber,
    std: optionalNumber,
    mad: optionalNumber,
    iqr: optionalNumber,
    outliers: count,
    min: optionalNumber,
    max: optionalNumber,
    p50: percentile,
    p90: percentile,
    p95: percentile,
    p99: percentile,
    p95Censored: z.union([z.number(), z.literal('inf')]).nullable(),
    censored: count,
  })
  .meta({ id: 'distribution' });

const rate = z
  .object({
    count,
    total: count,
    value: optionalNumber,
    low: optionalNumber,
    high: optionalNumber,
  })
  .meta({ id: 'rate' });

const editTotals = z
  .object({ errors: count, referenceLength: count, hypothesisLength: count })
  .meta({ id: 'editTotals' });

const text = z
  .object({
    profileId: z.string(),
    headline: z.enum(['wer', 'cer_nospace', 'mixer']).describe('The rate to show first.'),
    reason: z.string().describe('Why this profile and this rate.'),
    utterances: count,
    words: z.object({ hits: count, substitutions: count, deletions: count, insertions: count }),
    characters: editTotals,
    charactersNoSpace: editTotals,
    mixed: editTotals,
    rates: z.record(z.string(), optionalNumber),
    nullReason: z.string().nullable(),
    meanUtteranceWer: optionalNumber,
    medianUtteranceWer: optionalNumber,
    utterancesWithWer: count,
    ser: optionalNumber,
    exact: optionalNumber,
    hallucinatedWords: count,
  })
  .describe('Text quality of the completed sessions that have a reference, pooled.');

export const summarySchema = z.object({
  endpoint: z.string(),
  sessions: counts.describe('By status, and `total`.'),
  failures: z.array(z.object({ class: z.string(), reason: z.string(), count })),
  errorRate: rate,
  partialRate: rate,
  pacingQuality: z.enum(['ok', 'degraded', 'invalid']).nullable(),
  text: z.array(text).describe('One entry per text profile that the references call for.'),
  run: z.record(z.string(), z.union([z.number(), z.boolean(), z.null()])),
  runMissing: z.record(z.string(), z.string()),
  metrics: z.record(z.string(), distribution),
  partial: z.record(z.string(), distribution).describe('Sessions that broke off after some text.'),
  flags: z.record(z.string(), z.object({ yes: count, no: count, missing: counts })),
  labels: z.record(z.string(), z.object({ counts, missing: counts })),
  pooled: z.record(z.string(), z.object({ pooled: distribution, sessionP95: distribution })),
});

export type FileSummary = z.infer<typeof summarySchema>;
