import * as z from 'zod';
import { planSchema } from '../plan/plan.ts';
import { seriesPlaceSchema } from '../plan/series.ts';
import { quickRecord } from './quickSchema.ts';
import { summarySchema } from './summarySchema.ts';
import { traceSchema } from './traceSchema.ts';

/** Format 1 of `*.rtbench.json`. Documented in docs/run-file.md. */

export const runFileFormat = 1;
export const schemaUri = 'rtbench-schema:///rtbench.schema.json';

const info = z.object({
  id: z.string(),
  title: z.string(),
  notes: z.string(),
  startedAt: z.iso.datetime().describe("Wall clock at the run's time zero; for display only."),
  durationUs: z.int().nonnegative(),
  completeness: z.enum(['complete', 'partial']),
  partialBecause: z.enum(['cancelled', 'recovered', 'failed']).nullable(),
  plannedSessions: z.int().nonnegative(),
  rtbenchVersion: z.string(),
  series: seriesPlaceSchema.exactOptional(),
});

const dataset = z.object({
  name: z.string(),
  format: z.string(),
  problems: z.array(
    z.object({
      file: z.string(),
      line: z.int().positive().nullable(),
      message: z.string(),
    }),
  ),
});

const endpoint = z.object({
  id: z.string(),
  url: z.string().describe('Without secrets.'),
  model: z.string().nullable(),
  metadata: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
    .describe('What the endpoint says of itself.'),
});

const environment = z.object({
  host: z
    .string()
    .exactOptional()
    .describe('The program in which the run was started, and where it ran, for example over SSH.'),
  proxy: z
    .string()
    .nullable()
    .default(null)
    .describe(
      'Origin of the proxy that endpoints were reached through, except those on the measuring' +
        ' computer itself; null where none was.',
    ),
  nodeVersion: z.string(),
  platform: z.string(),
  osRelease: z.string(),
  arch: z.string(),
  cpuModel: z.string(),
  cpuCores: z.int().nonnegative(),
  memoryBytes: z.int().nonnegative(),
  loadAverage: z.number(),
  clock: z
    .object({
      eventLoopDelayP50Us: z.int().nonnegative(),
      eventLoopDelayP99Us: z.int().nonnegative(),
      eventLoopDelayMaxUs: z.int().nonnegative(),
    })
    .nullable()
    .describe("Lateness of the measuring process's own event loop; null where it is not known."),
});

const utterance = z.object({
  id: z.string(),
  audio: z.string().describe("Path of the audio, relative to the run file's folder."),
  sha256: z.string().nullable(),
  audioFormat: z.string().nullable(),
  durationMs: z.number().nonnegative(),
  declaredDurationMs: z.number().nullable().describe('As the dataset says.'),
  reference: z.string().nullable(),
  language: z.string().nullable(),
  speaker: z.string().nullable(),
  tags: z.array(z.string()),
  words: z
    .array(z.tuple([z.string(), z.number(), z.number()]))
    .nullable()
    .describe('Reference words: [text, start in ms, end in ms].'),
});

const count = z.int().nonnegative();
const figure = z.union([z.number(), z.boolean(), z.string()]);

const isFigure = (value: unknown) =>
  Number.isFinite(value) || typeof value === 'string' || typeof value === 'boolean';
const isTexts = (value: unknown) =>
  Array.isArray(value) && value.every((text) => typeof text === 'string');

/** What a session's trace gives; stored so that other programs need not compute it. */
const sessionFigures = z.object({
  status: z.enum(['success', 'empty', 'partial', 'failed', 'cancelled']),
  text: z.string().describe('The text that was scored.'),
  metrics: quickRecord(figure, isFigure),
  missing: quickRecord(z.array(z.string()), isTexts).describe(
    'Why metrics have no value: reason → metric ids.',
  ),
  words: z
    .object({
      profile: z.string(),
      hits: count,
      substitutions: count,
      deletions: count,
      insertions: count,
      wer: z.number().nullable(),
    })
    .nullable()
    .describe('Null without a reference, and for sessions that did not complete.'),
});

export const sessionHeadSchema = z.object({
  id: z.string(),
  endpointId: z.string(),
  utteranceId: z.string(),
  repeat: z.int().nonnegative(),
});

export const journalSessionSchema = z.object({ ...sessionHeadSchema.shape, trace: traceSchema });

/** A session of a run file. */
export const sessionSchema = z.object({
  ...sessionHeadSchema.shape,
  figures: sessionFigures,
  trace: traceSchema.nullable().describe('Null when the file would have become too large.'),
});

export const runHeadSchema = z.object({
  run: info,
  plan: planSchema,
  dataset,
  endpoints: z.array(endpoint),
  environment,
  utterances: z.array(utterance),
});

export const journalHeadSchema = z.object({
  journal: z.literal(runFileFormat),
  processId: z.int().positive().describe('The process that writes the journal.'),
  ...runHeadSchema.shape,
});

export const runFileSchema = z
  .object({
    $schema: z.string(),
    format: z.literal(runFileFormat),
    metricsSpec: z.string(),
    ...runHeadSchema.shape,
    summary: z.array(summarySchema).describe('Figures per endpoint, computed from the sessions.'),
    sessions: z.array(sessionSchema),
  })
  .describe('A benchmark run of RTBench.');

export type FileRunHead = z.infer<typeof runHeadSchema>;
export type FileJournalHead = z.infer<typeof journalHeadSchema>;
export type FileSession = z.infer<typeof sessionSchema>;
export type FileJournalSession = z.infer<typeof journalSessionSchema>;
export type FileRun = z.infer<typeof runFileSchema>;
