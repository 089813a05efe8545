import type { AgentWorkspace, ToolCall } from './agentWorkspace.ts';
import { endpointsText, runsText } from './listTexts.ts';
import { measuredText } from './measuredText.ts';
import { parseToolInput } from './parseToolInput.ts';
import { plansText } from './plansText.ts';
import { readRunHead } from './runHead.ts';
import { summaryText } from './summaryText.ts';
import {
  compareRunsInput,
  getRunSummaryInput,
  listEndpointsInput,
  listPlansInput,
  listRunsInput,
} from './toolInputs.ts';
import type { MeasuringTool, ToolName } from './toolNames.ts';
import { wantedRuns } from './wantedRuns.ts';

type ToolFunction = (input: unknown, workspace: AgentWorkspace, call: ToolCall) => Promise<string>;

/** Each tool: one implementation for VS Code and MCP. */
const tools: Readonly<Record<ToolName, ToolFunction>> = {
  async rtbench_list_endpoints(input, workspace) {
    parseToolInput('rtbench_list_endpoints', listEndpointsInput, input);
    return endpointsText(await workspace.endpoints());
  },

  async rtbench_list_runs(input, workspace) {
    const wanted = parseToolInput('rtbench_list_runs', listRunsInput, input);
    return runsText(await workspace.runs(), wanted);
  },

  async rtbench_list_plans(input, workspace, { signal }) {
    const wanted = parseToolInput('rtbench_list_plans', listPlansInput, input);
    return plansText(workspace, wanted, signal);
  },

  rtbench_run_benchmark(input, workspace, call) {
    return measure('rtbench_run_benchmark', input, workspace, call);
  },

  rtbench_run_plan(input, workspace, call) {
    return measure('rtbench_run_plan', input, workspace, call);
  },

  async rtbench_get_run_summary(input, workspace) {
    const { run } = parseToolInput('rtbench_get_run_summary', getRunSummaryInput, input);
    const place = await workspace.findRun(run);
    return summaryText(await readRunHead(place, workspace), place);
  },

  async rtbench_compare_runs(input, workspace, { signal }) {
    const wanted = parseToolInput('rtbench_compare_runs', compareRunsInput, input);
    const places = [];
    for (const run of [wanted.baseline, ...wanted.runs]) places.push(await workspace.findRun(run));
    return workspace.compare(places, signal);
  },
};

/**
 * Does what an agent asks for and answers with plain text, what matters most first.
 * Throws a BenchError with one message that says what to change.
 */
export function runTool(
  name: ToolName,
  input: unknown,
  workspace: AgentWorkspace,
  call: ToolCall,
): Promise<string> {
  return tools[name](input, workspace, call);
}

async function measure(
  name: MeasuringTool,
  input: unknown,
  workspace: AgentWorkspace,
  call: ToolCall,
): Promise<string> {
  const wanted = await wantedRuns(name, input, workspace);
  call.requireAllowed(wanted.runs);
  return measuredText(wanted, await workspace.measure(wanted.runs, call), workspace);
}
