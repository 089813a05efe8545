import * as z from 'zod/mini';
import { timelineSessionSchema } from '../timeline/timelineSession.ts';
import { figureFormatSchema } from './figureFormatSchema.ts';
import { loadViewSchema } from './loadView.ts';

/** What the compare editor's page shows: plain data, written out for people where it is text. */

const count = z.int().check(z.nonnegative());
const interval = z.nullable(z.object({ low: z.number(), high: z.number() }));

export const conclusionVerdicts = [
  'regressed',
  'improved',
  'mixed',
  'no change',
  'undecided',
  'not comparable',
] as const;

export const rowVerdicts = [
  'not comparable',
  'insufficient data',
  'improved',
  'regressed',
  'changed',
  'significant but negligible',
  'equivalent',
  'no significant change',
  'inconclusive',
] as const;

/** One of the compared files; the first is the baseline. */
const runSchema = z.object({
  uri: z.string(),
  /** `A`, `B`, …; null where the file could not be read. */
  letter: z.nullable(z.string()),
  title: z.string(),
  /** Path within the workspace. */
  file: z.string(),
  /** Epoch milliseconds; null where the file could not be read. */
  startedAtMs: z.nullable(z.number()),
  /** What a reader should know before trusting its figures. */
  warnings: z.array(z.string()),
  /** Why the file is not in the comparison, and the remedy; null where it is. */
  problem: z.nullable(z.string()),
  /** Whether it is the starred baseline of its plan. */
  isStarred: z.boolean(),
});

const changeSchema = z.object({
  a: z.number(),
  b: z.number(),
  delta: z.number(),
  deltaShare: z.nullable(z.number()),
  interval,
});

const rowSchema = z.object({
  /** `ttft`, or `wel.p95` for a percentile of each session's observations. */
  key: z.string(),
  label: z.string(),
  short: z.string(),
  /** `lower`: less is better. */
  direction: z.enum(['lower', 'higher', 'neutral']),
  family: z.enum(['primary', 'exploratory']),
  /** What is compared, for people: `medians of 40 utterances`. */
  statistic: z.string(),
  format: figureFormatSchema,
  change: z.nullable(changeSchema),
  /** 95th percentiles; `enough` is false where there are too few values for them. */
  tail: z.nullable(z.extend(changeSchema, { enough: z.boolean() })),
  /** All cells in words and figures, as in every report. */
  cells: z.object({
    name: z.string(),
    a: z.string(),
    b: z.string(),
    delta: z.string(),
    deltaShare: z.string(),
    interval: z.string(),
    p: z.string(),
    verdict: z.string(),
    n: z.string(),
  }),
  verdict: z.enum(rowVerdicts),
  /** What the verdict rests on, sentence by sentence: effect sizes, test, remedy, absences. */
  explanation: z.array(z.string()),
  /** Changes of at most this size do not matter, in the metric's own unit. */
  noise: z.number(),
  /** Ascending, at most 500 each; empty for rates of the whole run. */
  values: z.object({ a: z.array(z.number()), b: z.array(z.number()) }),
  /** Whether utterances have values of it, to rank and to plot against each other. */
  hasUtterances: z.boolean(),
});

const gateSchema = z.object({
  /** Hard ones first. */
  differences: z.array(
    z.object({ id: z.string(), severity: z.enum(['hard', 'soft']), message: z.string() }),
  ),
  conditions: z.array(
    z.object({ what: z.string(), a: z.string(), b: z.string(), differs: z.boolean() }),
  ),
});

const sideSchema = z.object({
  /** Place in `runs`. */
  run: count,
  letter: z.string(),
  endpoint: z.string(),
});

const pairSchema = z.object({
  /** Stable as long as the same runs are compared. */
  key: z.string(),
  a: sideSchema,
  b: sideSchema,
  conclusion: z.object({ verdict: z.enum(conclusionVerdicts), text: z.string() }),
  gate: gateSchema,
  pairing: z.object({
    /** `40 shared utterances, paired` and the like. */
    text: z.string(),
    notes: z.array(z.string()),
    onlyA: z.array(z.string()),
    onlyB: z.array(z.string()),
  }),
  /** Primary metrics first. */
  rows: z.array(rowSchema),
  /** Sessions that failed or broke off, by reason. */
  failures: z.array(
    z.object({ reason: z.string(), a: z.number(), b: z.number(), isNew: z.boolean() }),
  ),
  /** The errors of text whose number changed most, per text profile. */
  texts: z.array(
    z.object({
      key: z.string(),
      unit: z.string(),
      /** Rates, and how many tokens were substituted, deleted and inserted; null without errors. */
      summary: z.nullable(z.string()),
      words: z.array(
        z.object({
          operation: z.enum(['substitute', 'delete', 'insert']),
          reference: z.nullable(z.string()),
          hypothesis: z.nullable(z.string()),
          a: z.number(),
          b: z.number(),
        }),
      ),
    }),
  ),
  /** Figures of whole runs: one value each, nothing to test. */
  figures: z.array(z.object({ label: z.string(), a: z.string(), b: z.string() })),
});

/** A metric of one endpoint over all runs, by time. */
const trendSchema = z.object({
  endpoint: z.string(),
  key: z.string(),
  label: z.string(),
  direction: z.enum(['lower', 'higher', 'neutral']),
  format: figureFormatSchema,
  /** Oldest first. `verdict` is against the baseline; null for the baseline itself. */
  points: z.array(
    z.object({
      run: count,
      startedAtMs: z.number(),
      value: z.nullable(z.number()),
      verdict: z.nullable(z.enum(rowVerdicts)),
    }),
  ),
});

export const compareViewSchema = z.object({
  runs: z.array(runSchema),
  pairs: z.array(pairSchema),
  /** Empty for two runs. */
  trends: z.array(trendSchema),
  /** Null for two runs, and where no endpoint was measured under two loads. */
  load: z.nullable(loadViewSchema),
  /** How it was computed: α, seed, resamples, definitions. */
  method: z.string(),
});

export const utteranceRowSchema = z.object({
  id: z.string(),
  a: z.nullable(z.number()),
  b: z.nullable(z.number()),
  delta: z.nullable(z.number()),
  statusA: z.string(),
  statusB: z.string(),
  /** How many sessions each run has of it. */
  repeats: z.object({ a: count, b: count }),
});

const tokenSchema = z.object({
  mark: z.nullable(z.enum(['equal', 'substitute', 'delete', 'insert'])),
  text: z.nullable(z.string()),
});

/** When a word was said, and when it was on the screen; null where that is not known. */
const wordTimesSchema = z.object({
  startMs: z.nullable(z.number()),
  endMs: z.nullable(z.number()),
  /** Arrival of the delta that completed it, in audio time. */
  arrivedMsA: z.nullable(z.number()),
  arrivedMsB: z.nullable(z.number()),
});

export const utteranceDetailSchema = z.object({
  id: z.string(),
  /** 0-based, of each run. */
  repeat: count,
  repeats: count,
  language: z.nullable(z.string()),
  reference: z.nullable(z.string()),
  texts: z.object({ a: z.nullable(z.string()), b: z.nullable(z.string()) }),
  /** Null without a reference or a known profile: then `texts` are compared with each other on the page. */
  alignment: z.nullable(
    z.object({
      profileId: z.string(),
      unit: z.enum(['word', 'character']),
      columns: z.array(
        z.object({
          reference: z.nullable(z.string()),
          a: tokenSchema,
          b: tokenSchema,
          times: z.nullable(wordTimesSchema),
        }),
      ),
    }),
  ),
  /** Metric by metric: what this utterance's sessions measured. */
  figures: z.array(
    z.object({ label: z.string(), a: z.string(), b: z.string(), delta: z.string() }),
  ),
  /** The two sessions on the axis of audio time; null where a run has no trace of it. */
  sessions: z.object({
    a: z.nullable(timelineSessionSchema),
    b: z.nullable(timelineSessionSchema),
  }),
  /** Why a session cannot be drawn, or texts cannot be compared; null where nothing is missing. */
  problem: z.nullable(z.string()),
});

export type CompareView = z.infer<typeof compareViewSchema>;
export type CompareRun = z.infer<typeof runSchema>;
export type ComparePair = z.infer<typeof pairSchema>;
export type CompareRow = z.infer<typeof rowSchema>;
export type CompareTrend = z.infer<typeof trendSchema>;
export type UtteranceRow = z.infer<typeof utteranceRowSchema>;
export type UtteranceDetail = z.infer<typeof utteranceDetailSchema>;
