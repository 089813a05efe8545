import type { AgentWorkspace } from '../agenttools/agentWorkspace.ts';
import { AllowedRuns } from '../agenttools/allowedRuns.ts';
import { costOf } from '../agenttools/benchmarkCost.ts';
import { fitCharacters } from '../agenttools/fitText.ts';
import { runTool } from '../agenttools/runTool.ts';
import { inputJsonSchema, toolDefinitions } from '../agenttools/toolDefinitions.ts';
import { isMeasuring, toolNames, type MeasuringTool } from '../agenttools/toolNames.ts';
import { wantedRuns } from '../agenttools/wantedRuns.ts';
import type { McpTool } from './serveMcp.ts';

/** For the model, about all tools together. */
export const instructions =
  'RTBench measures realtime speech-recognition (ASR) endpoints: latency, word error rate, failures. ' +
  'List endpoints and plans first, then run a benchmark or a plan, then summarise or compare the saved ' +
  'runs. Running takes real time and may cost money; everything else only reads files.';

/**
 * The tools of agents over a workspace, as MCP has them.
 *
 * @param asks whether the user is asked before audio is sent, where the client can do that
 */
export function mcpTools(workspace: AgentWorkspace, asks: boolean): McpTool[] {
  const allowed = new AllowedRuns();
  const question = async (name: MeasuringTool, input: unknown): Promise<string> => {
    const wanted = await wantedRuns(name, input, workspace);
    const { title, sentences } = await costOf(wanted, workspace);
    allowed.ask({ name, input }, wanted.runs);
    return [title, ...sentences].join('\n\n');
  };
  return toolNames.map((name) => {
    const { title, description } = toolDefinitions[name];
    return {
      name,
      title: `RTBench: ${title}`,
      description,
      inputSchema: inputJsonSchema(name),
      acts: isMeasuring(name),
      question: asks && isMeasuring(name) ? (input) => question(name, input) : null,
      call: async (input, call) => {
        const requireAllowed = allowed.taken({ name, input });
        return fitCharacters(await runTool(name, input, workspace, { ...call, requireAllowed }));
      },
    };
  });
}
