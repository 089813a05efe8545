import * as vscode from 'vscode';

/** A file of the folder that the tests run in. */
export function workspaceFile(relativePath: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (folder === undefined) throw new Error('The tests need an open folder.');
  return vscode.Uri.joinPath(folder.uri, relativePath);
}

/** The run that the active editor shows, if it is the run editor. */
export function shownRun(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom && input.viewType === 'rtbench.run'
    ? input.uri
    : undefined;
}

export async function closeEditors(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}
