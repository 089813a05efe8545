import * as z from 'zod';
import { loadSchema } from './load.ts';
import { threshold } from './threshold.ts';

/** Everything needed to run a benchmark again. Saved in every run file. */

const positiveInt = z.int().positive();

const pacing = z.object({
  mode: z.enum(['capture', 'lead', 'burst']).describe('How the sender keeps time.'),
  speed: z.number().positive().max(100).describe('1 is real time; ignored in burst mode.'),
  chunkMs: positiveInt.max(10_000).describe('Milliseconds of audio per message.'),
});

const deadlines = z
  .object({
    connectMs: positiveInt.describe('Opening the connection.'),
    readyMs: positiveInt.describe("The server's first message."),
    idleMs: positiveInt.describe('Silence of the server while a session runs.'),
    finalMs: positiveInt.describe('From the end of the audio to the final text.'),
  })
  .describe('The longest wait for each step; a session that exceeds one fails with `timeout`.');

const planEndpoint = z.object({
  id: z.string().min(1).describe('Name of the endpoint within the plan.'),
  dialect: z.string().min(1).describe('Wire protocol, for example `vllm-realtime`.'),
  url: z
    .string()
    .min(1)
    .describe('Address of the server, or `embedded` for the recogniser that comes with RTBench.'),
  model: z.string().min(1).nullable().describe('Null: the first model that the server lists.'),
  language: z.string().min(1).nullable().describe('BCP 47, where the protocol takes one.'),
  options: z
    .record(z.string().min(1), z.json())
    .exactOptional()
    .describe('What else to ask the protocol for, by name. Holds no secrets.'),
  apiKeyEnv: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of an environment variable')
    .nullable()
    .describe('Environment variable that holds the API key. The key itself is never saved.'),
});

const planDataset = z.object({
  path: z.string().min(1).describe('Manifest, folder or audio file.'),
  limit: positiveInt.nullable().describe('Take only the first utterances.'),
});

export const planSchema = z.object({
  endpoints: z.array(planEndpoint).min(1),
  dataset: planDataset,
  load: loadSchema,
  pacing,
  deadlines,
  repeats: positiveInt.max(1000),
  warmUp: positiveInt
    .max(1000)
    .exactOptional()
    .describe('Sessions for each endpoint before those that are measured; not saved.'),
  textProfile: z
    .string()
    .min(1)
    .describe('How texts are normalised before scoring; `auto` goes by the language.'),
  thresholds: z.array(threshold),
});

export type Plan = z.infer<typeof planSchema>;
export type PlanEndpoint = Plan['endpoints'][number];
export type Deadlines = Plan['deadlines'];

export const defaultDeadlines: Deadlines = {
  connectMs: 10_000,
  readyMs: 10_000,
  idleMs: 30_000,
  finalMs: 30_000,
};

export const defaultPacing: Plan['pacing'] = { mode: 'capture', speed: 1, chunkMs: 100 };
