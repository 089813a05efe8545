import * as vscode from 'vscode';

/** Shows `rtbench.endpoints` in the settings editor, whichever scope it is kept in. */
export async function openEndpointSettings(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openSettings', '@id:rtbench.endpoints');
}
