import * as vscode from 'vscode';

/** As package.json declares it. */
export const runEditorViewType = 'rtbench.run';

/** Opens a run in the run editor. */
export async function openRun(uri: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand('vscode.openWith', uri, runEditorViewType);
}

/** Opens a run in the text editor. */
export async function openAsText(uri: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand('vscode.openWith', uri, 'default');
}
