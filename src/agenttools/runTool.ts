import type { AgentWorkspace, Measured, ToolCall } from './agentWorkspace.ts';
import { benchmarkPlan } from './benchmarkPlan.ts';
import { endpointsText, runsText } from './listTexts.ts';
import { parseToolInput } from './parseToolInput.ts';
import { plainText } from './plainText.ts';
import { summaryText } from './summaryText.ts';
import {
  compareRunsInput,
  getRunSummaryInput,
  listEndpointsInput,
  listRunsInput,
  runBenchmarkInput,
} from './toolInputs.ts';
import type { ToolName } from './toolNames.ts';

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

  async rtbench_run_benchmark(input, workspace, call) {
    const wanted = parseToolInput('rtbench_run_benchmark', runBenchmarkInput, input);
    const plan = await benchmarkPlan(wanted, workspace);
    const measured = await workspace.measure(plan, call);
    const summary = summaryText(await workspace.readHead(measured.place), measured.place);
    return [...outcomeLines(measured), summary].join('\n');
  },

  async rtbench_get_run_summary(input, workspace) {
    const { run } = parseToolInput('rtbench_get_run_summary', getRunSummaryInput, input);
    const place = await workspace.findRun(run);
    return summaryText(await workspace.readHead(place), place);
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

function outcomeLines(measured: Measured): string[] {
  const { place, cancelled, sessions, total, failed, warnings, firstFailure } = measured;
  const outcome = cancelled
    ? `STOPPED after ${sessions} of ${total} sessions; what was measured is saved.`
    : `Measured ${sessions} of ${total} sessions; ${failed} failed or broke off.`;
  return [
    `${outcome} Saved: ${place.uri}`,
    ...(firstFailure === null ? [] : [`First failure: ${plainText(firstFailure, 400)}`]),
    ...warnings.map((warning) => `! ${plainText(warning, 400)}`),
  ];
}
