import * as z from 'zod';

/** What agents may ask the tools for. The published JSON schemas are made of these. */

/** Stands for the speech that comes with RTBench. */
export const bundledSpeechName = 'bundled';

export const mostListedRuns = 100;
const mostListedPlans = 50;
const mostEndpoints = 10;
const mostComparedRuns = 10;

const name = z.string().trim().min(1);

export const listEndpointsInput = z.strictObject({});

export const listRunsInput = z.strictObject({
  limit: z
    .int()
    .min(1)
    .max(mostListedRuns)
    .default(20)
    .describe('Most runs to list, the newest first.'),
  endpoint: name.optional().describe('Only runs of the endpoint with this exact name.'),
});

export const runBenchmarkInput = z.strictObject({
  endpoints: z
    .array(name)
    .min(1)
    .max(mostEndpoints)
    .describe('Names of endpoints, as rtbench_list_endpoints gives them.'),
  dataset: name
    .default(bundledSpeechName)
    .describe(
      'Speech to send: "bundled" for the twelve short English utterances that come with RTBench, or ' +
        "the path of a manifest, a folder or an audio file, relative to the workspace's folder.",
    ),
  limitUtterances: z
    .int()
    .min(1)
    .max(100_000)
    .optional()
    .describe('Send only the first utterances of the dataset. Without it all are sent.'),
  pacing: z
    .enum(['capture', 'lead', 'burst'])
    .default('capture')
    .describe(
      'How audio is sent. "capture": in real time, as a microphone does; measures the latency that ' +
        'users meet. "lead": in real time, each chunk before it would have been spoken. "burst": as ' +
        'fast as the server takes it; measures throughput (RTFx), and latency is not meaningful.',
    ),
  concurrentSessions: z.int().min(1).max(1000).default(1).describe('Sessions at once.'),
  repeatsPerUtterance: z
    .int()
    .min(1)
    .max(100)
    .default(1)
    .describe('How often each utterance is sent.'),
});

export const listPlansInput = z.strictObject({
  limit: z.int().min(1).max(mostListedPlans).default(20).describe('Most plans to list, by path.'),
});

export const runPlanInput = z.strictObject({
  plan: name.describe(
    "Path of a plan file (.rtplan.json) relative to the workspace's folder, as rtbench_list_plans " +
      'gives it, or its file URI.',
  ),
});

const run = name.describe(
  "Path of a run file (.rtbench.json) relative to the workspace's folder, as rtbench_list_runs " +
    'gives it, or its file URI.',
);

export const getRunSummaryInput = z.strictObject({ run });

export const compareRunsInput = z.strictObject({
  baseline: run.describe('The run to compare with: path or file URI of a .rtbench.json file.'),
  runs: z
    .array(run)
    .min(1)
    .max(mostComparedRuns)
    .describe('One run or more, each compared with the baseline: paths or file URIs.'),
});

export type ListRunsInput = z.output<typeof listRunsInput>;
export type ListPlansInput = z.output<typeof listPlansInput>;
export type RunBenchmarkInput = z.output<typeof runBenchmarkInput>;
export type GetRunSummaryInput = z.output<typeof getRunSummaryInput>;
export type CompareRunsInput = z.output<typeof compareRunsInput>;
