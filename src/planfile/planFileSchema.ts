import * as z from 'zod';
import { dialectList } from '../dialects/dialectList.ts';
import { loadMembers } from '../plan/load.ts';
import { seriesMembers } from '../plan/series.ts';

/** What a plan file holds (`*.rtplan.json`, JSON with comments): written by people, for people. */

export const planFileFormat = 1;
export const planSchemaUri = 'rtbench-schema:///rtplan.schema.json';

const positiveInt = z.int().positive();
const filled = z.string().min(1);

const endpoint = z
  .strictObject({
    id: filled.describe('Name of the endpoint within the plan.'),
    url: filled.describe(
      'Address of the server, or `embedded` for the recogniser that comes with RTBench.',
    ),
    dialect: z
      .enum(dialectList.map(({ id }) => id))
      // For editors, which complete by the schema.
      .meta({ enumDescriptions: dialectList.map(({ label }) => label) })
      .default('vllm-realtime')
      .describe('Wire protocol.'),
    model: filled
      .nullable()
      .default(null)
      .describe('Model to ask for; without, the first that the server lists.'),
    language: filled.nullable().default(null).describe('BCP 47, where the protocol takes one.'),
    options: z
      .record(filled, z.json())
      .optional()
      .describe('What else to ask the protocol for, by name. Holds no secrets.'),
    apiKeyEnv: z
      .string()
      .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of an environment variable')
      .nullable()
      .default(null)
      .describe('Environment variable that holds the API key, for the command line.'),
  })
  .describe('An endpoint that only this plan knows. It holds no secrets.');

const dataset = z
  .strictObject({
    path: filled.describe('Manifest, folder or audio file; relative to the plan.'),
    limit: positiveInt.nullable().default(null).describe('Take only the first utterances.'),
  })
  .describe('Speech to send.');

const { concurrent, constant, poisson, gamma, rateRamp, sessionsRamp, trace } = loadMembers;

/** Written by hand, a random load needs no seed of its own. */
const withSeed = <Members extends { seed: z.ZodInt }>({ seed, ...members }: Members) =>
  z.strictObject({ ...members, seed: seed.default(42) });

const { sweep, findCapacity } = seriesMembers;
const shape = rateRamp.shape.default('linear');

const profile = z
  .discriminatedUnion('kind', [
    z.strictObject({
      ...concurrent,
      reuseConnections: z
        .boolean()
        .optional()
        .describe('Whether sessions that follow each other share a connection.'),
    }),
    z.strictObject(constant),
    withSeed(poisson),
    withSeed(gamma),
    z.discriminatedUnion('of', [
      z.strictObject({ ...rateRamp, shape }),
      z.strictObject({ ...sessionsRamp, shape }),
    ]),
    z.strictObject({ ...trace, timeScale: trace.timeScale.default(1) }),
    z.strictObject({ ...sweep, levels: sweep.levels.default(4) }),
    z.strictObject(findCapacity),
  ])
  .describe('How many sessions run at a time, or how often one starts; or runs that find out.');

const pacing = z
  .strictObject({
    mode: z
      .enum(['capture', 'lead', 'burst'])
      .default('capture')
      .describe('How the sender keeps time: `capture` as a microphone does.'),
    speed: z.number().positive().max(100).default(1).describe('1 is real time.'),
    chunkMs: positiveInt.max(10_000).default(100).describe('Milliseconds of audio per message.'),
  })
  .describe('How audio is sent.');

export const planFileSchema = z.strictObject({
  $schema: z.string().optional(),
  format: z.literal(planFileFormat).default(planFileFormat).describe('Version of this format.'),
  name: filled.max(200).describe('What the runs of this plan are called.'),
  endpoints: z
    .array(z.union([filled.describe('Name of a configured endpoint, or `embedded`.'), endpoint]))
    .min(1)
    .describe('What is measured, in one run: by name, or defined here.'),
  datasets: z
    .array(
      z.union([
        filled.describe('Manifest, folder or audio file, relative to the plan; or `bundled`.'),
        dataset,
      ]),
    )
    .min(1)
    .default(['bundled'])
    .describe('Speech to send. Each dataset makes runs of its own.'),
  profiles: z
    .array(profile)
    .min(1)
    .default([{ kind: 'concurrent', sessions: 1 }])
    .describe('Loads to measure under. Each profile makes a run of its own, or several.'),
  pacing: pacing.prefault({}),
  repeats: positiveInt.max(1000).default(1).describe('How often each utterance is sent.'),
  warmUp: z
    .int()
    .min(0)
    .max(1000)
    .default(0)
    .describe('Sessions for each endpoint before those that are measured; not saved.'),
  textProfile: filled
    .default('auto')
    .describe('How texts are normalised before scoring; `auto` goes by the language.'),
  thresholds: z
    .array(filled)
    .default([])
    .describe('Figures to reach, for example `ttfs.p95 <= 800 ms` or `wer <= 0.08`.'),
  outputFolder: filled.default('benchmarks').describe('Where run files go; relative to the plan.'),
});

/** A plan file with its defaults filled in. */
export type PlanFile = z.infer<typeof planFileSchema>;
export type PlanFileEndpoint = Exclude<PlanFile['endpoints'][number], string>;
