import * as z from 'zod/mini';

/**
 * A run as its editor shows it: what is computed in the extension and sent to the page.
 * Plain data, checked on arrival. `zod/mini` keeps the page small.
 */

const optionalNumber = z.nullable(z.number());

const percentile = z.object({
  value: optionalNumber,
  /** False: too few values for a 95 % interval. */
  enough: z.boolean(),
  low: optionalNumber,
  high: optionalNumber,
});

/** A metric's distribution over the sessions of one endpoint. */
const metricCard = z.object({
  id: z.string(),
  label: z.string(),
  short: z.string(),
  /** As written behind a number; empty for ratios and counts. */
  unit: z.string(),
  decimals: z.number(),
  description: z.string(),
  n: z.number(),
  /** Sessions without a value, by the reason in words. */
  missing: z.array(z.object({ reason: z.string(), count: z.number() })),
  p50: percentile,
  p90: percentile,
  p95: percentile,
  p99: percentile,
  max: optionalNumber,
  /**
   * Ascending; thinned to at most 500 evenly spread ranks for the plot. Empty where the values
   * that the percentiles rest on are not at hand.
   */
  values: z.array(z.number()),
});

const textFigure = z.object({
  /** Short name of the headline rate, for example `WER`. */
  label: z.string(),
  /** A ratio; null without reference words. */
  rate: optionalNumber,
  /** What it rests on, for example `3 substituted, 1 deleted, 0 inserted of 96 words`. */
  basis: z.string(),
  /** The kinds of errors among the words; null where characters are counted. */
  wordErrors: z.nullable(
    z.object({ substitutions: z.number(), deletions: z.number(), insertions: z.number() }),
  ),
  profileId: z.string(),
  /** Why this profile and this rate. */
  reason: z.string(),
  utterances: z.number(),
});

const endpointView = z.object({
  id: z.string(),
  /** Status → sessions, without `total`; only those above 0. */
  sessions: z.record(z.string(), z.number()),
  failures: z.array(z.object({ reason: z.string(), count: z.number() })),
  /** Failed before any text, of all not cancelled, with its 95 % interval. */
  errorRate: z.object({ value: optionalNumber, low: optionalNumber, high: optionalNumber }),
  pacingQuality: z.nullable(z.string()),
  /** How it bore its load, in words. */
  load: z.array(z.object({ text: z.string(), description: z.string(), isWarning: z.boolean() })),
  text: z.array(textFigure),
  /** Why there is no `text`, for where it is empty. */
  noText: z.string(),
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
  failure: z.nullable(z.string()),
  durationMs: z.number(),
  ttftMs: optionalNumber,
  /** The metric that {@link RunView.columns} names, in milliseconds. */
  finalMs: optionalNumber,
  /** The headline rate of the utterance's language: WER, or a character rate. */
  errorRate: optionalNumber,
  /** The recognised text, cut to 120 characters, for searching and a glance. */
  text: z.string(),
});

/** A line of the header: `Endpoint`, `local, my-model`. */
const fact = z.object({ label: z.string(), value: z.string() });

/** How a column of the session table is called, and what it means. */
const column = z.object({ label: z.string(), description: z.string() });

export const runViewSchema = z.object({
  title: z.string(),
  notes: z.string(),
  /** ISO 8601; shown in the reader's own time. */
  startedAt: z.string(),
  facts: z.array(fact),
  warnings: z.array(z.string()),
  endpoints: z.array(endpointView),
  columns: z.object({ ttft: column, final: column, errorRate: column }),
  sessions: z.array(sessionRow),
});

const alignedToken = z.object({
  operation: z.enum(['equal', 'substitute', 'delete', 'insert']),
  /** Null where the hypothesis has a token too many. */
  reference: z.nullable(z.string()),
  /** Null where the hypothesis lacks the token. */
  hypothesis: z.nullable(z.string()),
});

const transcriptAlignment = z.object({
  profileId: z.string(),
  /** Characters where words are not written with spaces between them. */
  unit: z.enum(['word', 'character']),
  tokens: z.array(alignedToken),
});

const deltaRow = z.object({
  /** Since the first chunk of audio was sent; since connecting where none was. */
  atMs: z.number(),
  /** Since the text before; null for the first one and for blank ones. */
  gapMs: optionalNumber,
  kind: z.enum(['append', 'replace', 'final']),
  text: z.string(),
  blank: z.boolean(),
  /** Place of its message among the received ones; several deltas may come in one. */
  message: z.number(),
});

const metricValue = z.object({
  label: z.string(),
  description: z.string(),
  /** With its unit; where `known` is false, the reason why there is none. */
  value: z.string(),
  known: z.boolean(),
});

/** One session in full. */
export const sessionDetailSchema = z.object({
  id: z.string(),
  reference: z.nullable(z.string()),
  hypothesis: z.string(),
  /** Null without a reference or for a session that did not complete. */
  alignment: z.nullable(transcriptAlignment),
  /** Why texts of this run cannot be aligned, and what to do; null where they can. */
  alignmentProblem: z.nullable(z.string()),
  /** Null where the file holds no trace of the session. */
  deltas: z.nullable(z.array(deltaRow)),
  /** In the registry's order. */
  metrics: z.array(metricValue),
  failure: z.nullable(z.string()),
});

export type RunView = z.infer<typeof runViewSchema>;
export type Fact = RunView['facts'][number];
export type EndpointView = RunView['endpoints'][number];
export type MetricCard = EndpointView['cards'][number];
export type PercentileView = MetricCard['p50'];
export type TextFigure = EndpointView['text'][number];
export type SessionRow = RunView['sessions'][number];
export type SessionStatusName = SessionRow['status'];
export type SessionDetail = z.infer<typeof sessionDetailSchema>;
export type TranscriptAlignment = NonNullable<SessionDetail['alignment']>;
export type AlignedToken = TranscriptAlignment['tokens'][number];
export type DeltaRow = NonNullable<SessionDetail['deltas']>[number];
export type MetricValue = SessionDetail['metrics'][number];
