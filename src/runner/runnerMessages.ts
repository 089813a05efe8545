import * as z from 'zod';
import { planSchema } from '../plan/plan.ts';
import { seriesPlaceSchema } from '../plan/series.ts';
import { tracePieceSchema } from './liveTrace.ts';

/**
 * What the extension and the measuring process say to each other, over the channel that Node
 * opens to a child process. Both sides check what they receive. A process takes one task, says
 * how it goes, and ends after its answer.
 */

const fact = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const runTask = z.object({
  type: z.literal('run'),
  plan: planSchema,
  title: z.string(),
  /** Absolute path of the run file to write. */
  file: z.string(),
  /** Whether a run file may be replaced. Else the run gets the next free name where it is taken. */
  replace: z.boolean().exactOptional(),
  rtbenchVersion: z.string(),
  /** The series of runs that this is one of. */
  series: seriesPlaceSchema.exactOptional(),
  /** The program that asks for it, and where it runs. */
  host: z.string().exactOptional(),
  /** Endpoint id → API key. Goes through memory only, never to a file or a command line. */
  apiKeys: z.record(z.string(), z.string()),
  /** An embedded endpoint that is running already. */
  embedded: z
    .object({ url: z.string(), model: z.string(), metadata: z.record(z.string(), fact) })
    .nullable(),
  /** Address of the proxy to go through, as the user gave it; null for none. */
  proxy: z.string().nullable(),
  /** Whether to report text as it grows. */
  live: z.boolean(),
});

/** How much speech a dataset holds. Answered with `described`. */
const describeTask = z.object({ type: z.literal('describe'), dataset: z.string() });

/** The plan of a saved run. Answered with `plan`. */
const readPlanTask = z.object({ type: z.literal('readPlan'), file: z.string() });

/** What runs left journals behind. Answered with `inspected`. */
const inspectTask = z.object({ type: z.literal('inspect'), journals: z.array(z.string()) });

/** Makes a run file from a journal and deletes the journal. Answered with `recovered`. */
const recoverTask = z.object({ type: z.literal('recover'), journal: z.string() });

const task = z.discriminatedUnion('type', [
  runTask,
  describeTask,
  readPlanTask,
  inspectTask,
  recoverTask,
]);

const cancel = z.object({
  type: z.literal('cancel'),
  /** Why the run cannot go on, which then has failed; null where the user stops it. */
  because: z.object({ reason: z.string(), message: z.string() }).nullable(),
});

/** Whether to report the traces of a run's sessions as they grow. At first it is not. */
const watch = z.object({ type: z.literal('watch'), on: z.boolean() });

/** From the extension. `cancel` keeps what has finished. */
export const toRunnerSchema = z.union([task, cancel, watch]);

const sessionEnded = z.object({
  type: z.literal('sessionEnded'),
  utteranceId: z.string(),
  endpointId: z.string(),
  /** Null where it never came. */
  ttftMs: z.number().nullable(),
  tailMs: z.number().nullable(),
  /** Its message names the remedy. */
  failure: z
    .object({ reason: z.string(), code: z.string().nullable(), message: z.string() })
    .nullable(),
});

const liveText = z.object({
  type: z.literal('text'),
  endpointId: z.string(),
  utteranceId: z.string(),
  text: z.string(),
  /** Audio sent so far. */
  audioMs: z.number(),
});

/** How a run goes. */
export const runProgressSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('preparing'), done: z.number(), total: z.number() }),
  /** Under which name the run is saved; its journal is there. */
  z.object({ type: z.literal('named'), file: z.string() }),
  z.object({ type: z.literal('starting'), sessions: z.number() }),
  z.object({ type: z.literal('sessionStarted'), utteranceId: z.string(), endpointId: z.string() }),
  sessionEnded,
  liveText,
  tracePieceSchema,
]);

const finished = z.object({
  type: z.literal('finished'),
  file: z.string(),
  sessions: z.number(),
  failed: z.number(),
  cancelled: z.boolean(),
  warnings: z.array(z.string()),
});

const described = z.object({
  type: z.literal('described'),
  utterances: z.number(),
  audioMs: z.number(),
  /** False where the length of some files was estimated. */
  exact: z.boolean(),
  /** What is wrong with the dataset, for people; at most a few. */
  problems: z.array(z.string()),
});

const journalState = z.object({
  journal: z.string(),
  title: z.string(),
  sessions: z.number(),
  plannedSessions: z.number(),
  /** The process that writes it still runs. */
  live: z.boolean(),
});

const answer = z.discriminatedUnion('type', [
  finished,
  described,
  z.object({ type: z.literal('plan'), plan: planSchema, title: z.string() }),
  z.object({
    type: z.literal('inspected'),
    journals: z.array(journalState),
    /** Files that are no journals, with what is wrong. */
    problems: z.array(z.string()),
  }),
  z.object({
    type: z.literal('recovered'),
    file: z.string(),
    sessions: z.number(),
    plannedSessions: z.number(),
  }),
  z.object({
    type: z.literal('failed'),
    reason: z.string(),
    message: z.string(),
    /** The run file with what finished before; null where there is none. */
    file: z.string().nullable(),
  }),
]);

/** From the measuring process: progress, then one answer. */
export const fromRunnerSchema = z.union([runProgressSchema, answer]);

export type RunTask = z.infer<typeof runTask>;
export type RunnerTask = z.infer<typeof task>;
export type ToRunner = z.infer<typeof toRunnerSchema>;
export type RunProgressMessage = z.infer<typeof runProgressSchema>;
export type RunnerAnswer = z.infer<typeof answer>;
export type FromRunner = z.infer<typeof fromRunnerSchema>;
export type SessionEnded = z.infer<typeof sessionEnded>;
export type LiveText = z.infer<typeof liveText>;
export type JournalState = z.infer<typeof journalState>;

/** The answers that a task can get, besides `failed`. */
export interface AnswerTypes {
  run: 'finished';
  describe: 'described';
  readPlan: 'plan';
  inspect: 'inspected';
  recover: 'recovered';
}
