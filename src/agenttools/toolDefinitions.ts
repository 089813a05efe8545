import * as z from 'zod';
import {
  compareRunsInput,
  getRunSummaryInput,
  listEndpointsInput,
  listPlansInput,
  listRunsInput,
  runBenchmarkInput,
  runPlanInput,
} from './toolInputs.ts';
import type { ToolName } from './toolNames.ts';

export interface ToolDefinition {
  title: string;
  /** For models: what it does, when to use it, what it costs. */
  description: string;
  /** For people, who choose which tools an agent has. */
  summary: string;
  /** What people type after `#`. */
  reference: string;
  icon: string;
  input: z.ZodType;
}

export const toolDefinitions: Readonly<Record<ToolName, ToolDefinition>> = {
  rtbench_list_endpoints: {
    title: 'List Endpoints',
    description:
      'Lists the speech-recognition (ASR) endpoints that RTBench can measure, with protocol, host, ' +
      'model, language, and whether audio sent there leaves this computer. Use it first: other tools ' +
      'take endpoints by these names. Sends nothing.',
    summary: 'Lists the speech-recognition endpoints of the settings.',
    reference: 'rtbenchEndpoints',
    icon: '$(server)',
    input: listEndpointsInput,
  },
  rtbench_list_runs: {
    title: 'List Runs',
    description:
      'Lists saved benchmark runs (.rtbench.json files) of the workspace, the newest first, with ' +
      'endpoints, dataset, sessions, time to first text (TTFT, median, ms) and word error rate (WER). ' +
      'Use it to find runs to summarise or compare. Reads files only.',
    summary: 'Lists the saved benchmark runs of the workspace.',
    reference: 'rtbenchRuns',
    icon: '$(list-unordered)',
    input: listRunsInput,
  },
  rtbench_list_plans: {
    title: 'List Plans',
    description:
      'Lists the benchmark plans (.rtplan.json files) of the workspace: which endpoints each measures ' +
      'and whether their audio leaves this computer, how many runs, sessions and minutes of audio it ' +
      'would send, and its thresholds; and for plans that cannot be run what is wrong. Use it before ' +
      'rtbench_run_plan, to know what a plan costs. Looks into the speech that plans name; sends nothing.',
    summary: 'Lists the plan files of the workspace, and what each would send.',
    reference: 'rtbenchPlans',
    icon: '$(checklist)',
    input: listPlansInput,
  },
  rtbench_run_benchmark: {
    title: 'Run Benchmark',
    description:
      'Measures speech-recognition endpoints: sends speech to each in real time and records every ' +
      'message; gives latency percentiles (ms), word error rate and failures, and saves a run file. ' +
      'COST: sends audio over the network to every endpoint that is not on this computer, which a paid ' +
      'service may bill; takes about the length of the audio × repeatsPerUtterance ÷ ' +
      'concurrentSessions; writes one file. One measurement runs at a time. For a first look set ' +
      'limitUtterances to 3. When cancelled, sessions that ended are saved. To repeat a comparison ' +
      'fairly, keep every input but the endpoint the same. Where a plan file says what to measure, use ' +
      'rtbench_run_plan instead.',
    summary: 'Sends speech to endpoints, measures them and saves a run.',
    reference: 'rtbenchRun',
    icon: '$(play)',
    input: runBenchmarkInput,
  },
  rtbench_run_plan: {
    title: 'Run Plan',
    description:
      'Measures what a plan file (.rtplan.json) asks for: a run for each dataset under each load, one ' +
      'after the other, over all its endpoints, after warming up. Judges each run by the thresholds of ' +
      'the plan (met or MISSED), gives latency percentiles (ms), word error rate and failures, and saves ' +
      "a file for each run in the plan's output folder. COST: sends audio over the network to every " +
      'endpoint that is not on this computer, which a paid service may bill; rtbench_list_plans says how ' +
      'many sessions and minutes of audio, and where they go. One measurement runs at a time. When ' +
      'cancelled, sessions that ended are saved. A plan that holds a secret is refused.',
    summary: 'Runs a plan file, saves its runs and judges them by its thresholds.',
    reference: 'rtbenchRunPlan',
    icon: '$(run-all)',
    input: runPlanInput,
  },
  rtbench_get_run_summary: {
    title: 'Get Run Summary',
    description:
      'Gives the figures of one saved run: per endpoint sessions and failures with reasons, latency ' +
      'percentiles p50 to p99 (ms), word error rate, and warnings. Percentiles marked * rest on too ' +
      'few values. Reads one file; sends nothing.',
    summary: 'Gives the figures of a saved run.',
    reference: 'rtbenchSummary',
    icon: '$(graph)',
    input: getRunSummaryInput,
  },
  rtbench_compare_runs: {
    title: 'Compare Runs',
    description:
      'Compares saved runs with a baseline run: a verdict (regressed, improved, no change, undecided, ' +
      'not comparable), the primary metrics with 95 % intervals and p-values, differences in the ' +
      'conditions, and the utterances that got worst. Use it to decide whether a change is real ' +
      'instead of comparing figures by eye. Reads files only; takes seconds.',
    summary: 'Compares saved runs: what changed, and is it real.',
    reference: 'rtbenchCompare',
    icon: '$(diff)',
    input: compareRunsInput,
  },
};

/** The JSON schema of a tool's input, as package.json and MCP publish it. */
export function inputJsonSchema(name: ToolName): Record<string, unknown> {
  const schema: Record<string, unknown> = z.toJSONSchema(toolDefinitions[name].input, {
    io: 'input',
    target: 'draft-7',
  });
  // Every reader assumes one; the member is noise in package.json.
  delete schema.$schema;
  return schema;
}
