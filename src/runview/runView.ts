import { z } from 'zod';

/**
 * A run as its editor shows it: what is computed in the extension and sent to the page.
 * Plain data, checked on arrival.
 */

const optionalNumber = z.number().nullable();

const percentile = z.object({ value: optionalNumber, enough: z.boolean() });

/** A metric's distribution over the sessions of one endpoint. */
const metricCard = z.object({
  id: z.string(),
  label: z.string(),
  short: z.string(),
  unit: z.string(),
  decimals: z.number(),
  description: z.string(),
  n: z.number(),
  p50: percentile,
  p90: percentile,
  p95: percentile,
  p99: percentile,
  max: optionalNumber,
  /** Ascending; thinned to at most 500 evenly spread ranks for the plot. */
  values: z.array(z.number()),
});

const textFigure = z.object({
  /** Short name of the headline rate, for example `WER`. */
  label: z.string(),
  /** A ratio; null without reference words. */
  rate: optionalNumber,
  /** What it rests on, for example `3 substituted, 1 deleted, 0 inserted of 96 words`. */
  basis: z.string(),
  profileId: z.string(),
  utterances: z.number(),
});

const endpointView = z.object({
  id: z.string(),
  /** Status → sessions, without `total`; only those above 0. */
  sessions: z.record(z.string(), z.number()),
  failures: z.array(z.object({ reason: z.string(), count: z.number() })),
  errorRate: optionalNumber,
  pacingQuality: z.string().nullable(),
  text: z.array(textFigure),
  cards: z.array(metricCard),
});

const sessionStatuses = ['success', 'empty', 'partial', 'failed', 'cancelled'] as const;

const sessionRow = z.object({
  id: z.string(),
  endpointId: z.string(),
  utteranceId: z.string(),
  /** 0-based. */
  repeat: z.number(),
  status: z.enum(sessionStatuses),
  /** Why it failed, for people; null where it did not. */
  failure: z.string().nullable(),
  durationMs: z.number(),
  ttftMs: optionalNumber,
  /** End of speech to final text, else end of audio to final text. */
  finalMs: optionalNumber,
  wer: optionalNumber,
  /** The recognised text, cut to 120 characters, for searching and a glance. */
  text: z.string(),
});

/** A line of the header: `Endpoint`, `local, my-model`. */
const fact = z.object({ label: z.string(), value: z.string() });

export const runViewSchema = z.object({
  title: z.string(),
  notes: z.string(),
  facts: z.array(fact),
  warnings: z.array(z.string()),
  endpoints: z.array(endpointView),
  sessions: z.array(sessionRow),
});

const alignedWord = z.object({
  operation: z.enum(['equal', 'substitute', 'delete', 'insert']),
  /** Null where the hypothesis has a word too many. */
  reference: z.string().nullable(),
  /** Null where the hypothesis lacks the word. */
  hypothesis: z.string().nullable(),
});

const deltaRow = z.object({
  /** Since the first chunk of audio was sent. */
  atMs: z.number(),
  /** Since the delta with text before; null for the first one and for blank ones. */
  gapMs: optionalNumber,
  kind: z.enum(['append', 'replace', 'final']),
  text: z.string(),
  blank: z.boolean(),
});

/** One session in full. */
export const sessionDetailSchema = z.object({
  id: z.string(),
  reference: z.string().nullable(),
  hypothesis: z.string(),
  /** Null without a reference or for a session that did not complete. */
  alignment: z.array(alignedWord).nullable(),
  profileId: z.string().nullable(),
  deltas: z.array(deltaRow),
  /** Metrics with a value or the reason why there is none, in the registry's order. */
  metrics: z.array(z.object({ label: z.string(), value: z.string(), description: z.string() })),
  failure: z.string().nullable(),
});

export type RunView = z.infer<typeof runViewSchema>;
export type EndpointView = RunView['endpoints'][number];
export type MetricCard = EndpointView['cards'][number];
export type TextFigure = EndpointView['text'][number];
export type SessionRow = RunView['sessions'][number];
export type SessionStatusName = SessionRow['status'];
export type SessionDetail = z.infer<typeof sessionDetailSchema>;
export type AlignedWord = NonNullable<SessionDetail['alignment']>[number];
export type DeltaRow = SessionDetail['deltas'][number];
