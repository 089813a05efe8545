import path from 'node:path';
import * as vscode from 'vscode';
import { localFolders } from '../benchmark/benchmarkSettings.ts';
import type { Services } from '../services.ts';

/** Both as package.json declares them. */
const providerId = 'rtbench.mcp';
export const mcpSettingName = 'rtbench.mcp.enabled';

export function isMcpEnabled(): boolean {
  return vscode.workspace.getConfiguration().get<unknown>(mcpSettingName) === true;
}

/**
 * Offers `rtbench mcp` to VS Code's other agents, where the setting says so. The language-model
 * tools are not there then, so that nothing is there twice.
 */
export function registerMcpServer({ context }: Services): vscode.Disposable {
  // Editors that are built from VS Code may have no MCP.
  if (!('registerMcpServerDefinitionProvider' in vscode.lm))
    return new vscode.Disposable(() => undefined);
  const changed = new vscode.EventEmitter<void>();
  const fire = (): void => {
    changed.fire();
  };
  return vscode.Disposable.from(
    changed,
    vscode.workspace.onDidGrantWorkspaceTrust(fire),
    vscode.workspace.onDidChangeWorkspaceFolders(fire),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(mcpSettingName)) fire();
    }),
    vscode.lm.registerMcpServerDefinitionProvider(providerId, {
      onDidChangeMcpServerDefinitions: changed.event,
      provideMcpServerDefinitions: () => mcpServers(context),
    }),
  );
}

/** One for each open folder: a server works in one. None where audio may not be sent. */
function mcpServers(context: vscode.ExtensionContext): vscode.McpStdioServerDefinition[] {
  if (!isMcpEnabled() || !vscode.workspace.isTrusted) return [];
  const folders = localFolders();
  return folders.map(({ name, uri }) => mcpServer(context, uri, folders.length > 1 ? name : null));
}

function mcpServer(
  { extension, extensionPath }: vscode.ExtensionContext,
  folder: vscode.Uri,
  name: string | null,
): vscode.McpStdioServerDefinition {
  const program = path.join(extensionPath, 'dist', 'cli.js');
  const { version } = extension.packageJSON as { version?: unknown };
  return new vscode.McpStdioServerDefinition(
    name === null ? 'RTBench' : `RTBench (${name})`,
    process.execPath,
    [program, 'mcp', '--stdio', '--folder', folder.fsPath],
    // In VS Code `execPath` may be Electron, which this makes behave as Node.
    { ELECTRON_RUN_AS_NODE: '1' },
    String(version),
  );
}
