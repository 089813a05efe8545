import * as vscode from 'vscode';
import { tell } from './tell.ts';

/** Whether the workspace is trusted; says what needs it, and where to grant it, if not. */
export async function requireTrust(doing: string): Promise<boolean> {
  if (vscode.workspace.isTrusted) return true;
  const manage = 'Manage Workspace Trust';
  const choice = await tell.warning(`${doing} needs a trusted workspace.`, manage);
  if (choice === manage) await vscode.commands.executeCommand('workbench.trust.manage');
  return false;
}
