import * as vscode from 'vscode';
import { toolNames } from '../../agenttools/toolNames.ts';
import type { Services } from '../services.ts';
import { isMcpEnabled, mcpSettingName, registerMcpServer } from './registerMcpServer.ts';

/** What agents may use: tools of VS Code, or by setting the MCP server with the same tools. */
export function registerAgentTools(services: Services): vscode.Disposable {
  let tools: vscode.Disposable | null = null;
  // `when` clauses hide the tools from people; not all that list tools go by these.
  const follow = (): void => {
    tools?.dispose();
    tools = isMcpEnabled() ? null : registerTools(services);
  };
  follow();
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(mcpSettingName)) follow();
    }),
    new vscode.Disposable(() => {
      tools?.dispose();
    }),
    registerMcpServer(services),
  );
}

function registerTools(services: Services): vscode.Disposable {
  // Loaded only when a tool is used: schemas and reports are not for activation.
  const load = () => import('./agentTool.ts');
  const tools = toolNames.map((name) =>
    vscode.lm.registerTool(name, {
      prepareInvocation: async ({ input }, token) =>
        (await load()).prepareTool(services, { name, input, token }),
      invoke: async ({ input, tokenizationOptions }, token) =>
        (await load()).invokeTool(services, { name, input, token }, tokenizationOptions),
    }),
  );
  return vscode.Disposable.from(...tools);
}
