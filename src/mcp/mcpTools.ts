import type { AgentWorkspace } from '../agenttools/agentWorkspace.ts';
import { fitCharacters } from '../agenttools/fitText.ts';
import { runTool } from '../agenttools/runTool.ts';
import { inputJsonSchema, toolDefinitions } from '../agenttools/toolDefinitions.ts';
import { toolNames } from '../agenttools/toolNames.ts';
import type { McpTool } from './serveMcp.ts';

/** For the model, about all tools together. */
export const instructions =
  'RTBench measures realtime speech-recognition (ASR) endpoints: latency, word error rate, failures. ' +
  'List endpoints first, then run a benchmark, then summarise or compare its saved runs. Running a ' +
  'benchmark takes real time and may cost money; everything else only reads files.';

/** The tools of agents over a workspace, as MCP has them. */
export function mcpTools(workspace: AgentWorkspace): McpTool[] {
  return toolNames.map((name) => {
    const { title, description, measures } = toolDefinitions[name];
    return {
      name,
      title: `RTBench: ${title}`,
      description,
      inputSchema: inputJsonSchema(name),
      acts: measures,
      call: async (input, call) => fitCharacters(await runTool(name, input, workspace, call)),
    };
  });
}
