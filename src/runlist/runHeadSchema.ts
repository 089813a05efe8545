import * as z from 'zod/mini';

/** The part of a run file (docs/run-file.md) that the Runs view needs; all else is left alone. */

const percentile = z.object({ value: z.nullable(z.number()) });

const endpointSummary = z.object({
  endpoint: z.string(),
  sessions: z.object({
    total: z.number(),
    failed: z._default(z.number(), 0),
    partial: z._default(z.number(), 0),
  }),
  text: z.array(
    z.object({
      headline: z.enum(['wer', 'cer_nospace', 'mixer']),
      rates: z.record(z.string(), z.nullable(z.number())),
    }),
  ),
  metrics: z.object({ ttft: z.optional(z.object({ p50: percentile })) }),
});

export const formatSchema = z.object({ format: z.number() });

const loadHead = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('concurrent'),
    sessions: z.number(),
    reuseConnections: z.optional(z.boolean()),
  }),
  z.object({ kind: z.literal('constant'), perSecond: z.number() }),
  z.object({ kind: z.literal('poisson'), perSecond: z.number(), seed: z.number() }),
  z.object({
    kind: z.literal('gamma'),
    perSecond: z.number(),
    burstiness: z.number(),
    seed: z.number(),
  }),
  z.object({
    kind: z.literal('ramp'),
    of: z.enum(['perSecond', 'sessions']),
    from: z.number(),
    to: z.number(),
    overSeconds: z.number(),
    shape: z.enum(['linear', 'exponential']),
  }),
  z.object({ kind: z.literal('trace'), path: z.string(), timeScale: z.number() }),
]);

export const runHeadlineSchema = z.object({
  run: z.object({
    id: z.string(),
    title: z.string(),
    startedAt: z.string(),
    partialBecause: z.nullable(z.enum(['cancelled', 'recovered', 'failed'])),
  }),
  plan: z.object({
    endpoints: z.array(
      z.object({
        id: z.string(),
        dialect: z.string(),
        url: z.string(),
        model: z.nullable(z.string()),
        language: z.nullable(z.string()),
      }),
    ),
    dataset: z.object({ path: z.string(), limit: z.nullable(z.number()) }),
    load: loadHead,
    pacing: z.object({ mode: z.string(), speed: z.number() }),
  }),
  dataset: z.object({ name: z.string() }),
  endpoints: z.array(z.object({ id: z.string(), model: z.nullable(z.string()) })),
  summary: z.array(endpointSummary),
});

export type RunFileHead = z.infer<typeof runHeadlineSchema>;
