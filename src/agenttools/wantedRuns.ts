import { runTitle } from '../runner/runName.ts';
import type { AgentWorkspace, RunWanted } from './agentWorkspace.ts';
import { benchmarkPlan } from './benchmarkPlan.ts';
import { parseToolInput } from './parseToolInput.ts';
import { planFileRuns } from './planFileRuns.ts';
import { runBenchmarkInput, runPlanInput } from './toolInputs.ts';
import type { MeasuringTool } from './toolNames.ts';

/** What a tool that measures is asked for. */
export interface WantedRuns {
  /** What the plan file calls itself; null where the runs come of none. */
  planName: string | null;
  /** Of the same endpoints; not empty. */
  runs: RunWanted[];
}

/**
 * What a tool would measure. Sends and writes nothing.
 * Throws a BenchError that says what cannot be used, and the remedy.
 */
export async function wantedRuns(
  name: MeasuringTool,
  input: unknown,
  workspace: AgentWorkspace,
): Promise<WantedRuns> {
  if (name === 'rtbench_run_plan') {
    const asked = parseToolInput(name, runPlanInput, input);
    const { name: planName, runs } = await planFileRuns(asked.plan, workspace);
    return { planName, runs };
  }
  const plan = await benchmarkPlan(parseToolInput(name, runBenchmarkInput, input), workspace);
  return { planName: null, runs: [{ plan, title: runTitle(plan), series: null, folder: null }] };
}
