import type { AgentWorkspace } from '../agenttools/agentWorkspace.ts';
import { fitCharacters } from '../agenttools/fitText.ts';
import { runTool } from '../agenttools/runTool.ts';
import { inputJsonSchema, toolDefinitions } from '../agenttools/toolDefinitions.ts';
import { isMeasuring, toolNames } from '../agenttools/toolNames.ts';
import type { McpTool } from './serveMcp.ts';

/** For the model, about all tools together. */
export const instructions =
  'RTBench measures realtime speech-recognition (ASR) endpoints: latency, word error rate, failures. ' +
  'List endpoints and plans first, then run a benchmark or a plan, then summarise or compare the saved ' +
  'runs. Running takes real time and may cost money; everything else only reads files.';

/** The tools of agents over a workspace, as MCP has them. */
export function mcpTools(workspace: AgentWorkspace): McpTool[] {
  return toolNames.map((name) => {
    const { title, description } = toolDefinitions[name];
    return {
      name,
      title: `RTBench: ${title}`,
      description,
      inputSchema: inputJsonSchema(name),
      acts: isMeasuring(name),
      call: async (input, call) => fitCharacters(await runTool(name, input, workspace, call)),
    };
  });
}
