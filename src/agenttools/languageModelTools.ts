import { inputJsonSchema, toolDefinitions } from './toolDefinitions.ts';
import { isMeasuring, toolNames, type ToolName } from './toolNames.ts';

/** One entry of `contributes.languageModelTools`. */
export interface ContributedTool {
  name: ToolName;
  displayName: string;
  userDescription: string;
  modelDescription: string;
  toolReferenceName: string;
  canBeReferencedInPrompt: true;
  tags: string[];
  icon: string;
  when: string;
  inputSchema: object;
}

/** When on, the same tools come by MCP: nothing is offered twice in a window. */
const notByMcp = '!config.rtbench.mcp.enabled';

/** What package.json contributes, which `npm run schema` writes and a test holds it against. */
export function contributedTools(): ContributedTool[] {
  return toolNames.map((name) => {
    const { title, description, summary, reference, icon } = toolDefinitions[name];
    return {
      name,
      displayName: `RTBench: ${title}`,
      userDescription: summary,
      modelDescription: description,
      toolReferenceName: reference,
      canBeReferencedInPrompt: true,
      tags: ['rtbench', 'speech-recognition', 'benchmark'],
      icon,
      when: isMeasuring(name) ? `isWorkspaceTrusted && !virtualWorkspace && ${notByMcp}` : notByMcp,
      inputSchema: inputJsonSchema(name),
    };
  });
}
