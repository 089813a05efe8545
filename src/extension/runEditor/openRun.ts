import * as vscode from 'vscode';

/** As package.json declares it. */
export const runEditorViewType = 'rtbench.run';

/** VS Code's name of its text editor. */
const textEditorViewType = 'default';

/** Opens a run in the run editor. */
export async function openRun(uri: vscode.Uri): Promise<void> {
  await openWith(uri, runEditorViewType);
}

/** Opens a run in the text editor. */
export async function openAsText(uri: vscode.Uri): Promise<void> {
  await openWith(uri, textEditorViewType);
}

/** Takes the place of the file's other editor where that is the active one. */
async function openWith(uri: vscode.Uri, viewType: string): Promise<void> {
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
  // VS Code would ask to save a file with unsaved changes before it gives up its tab.
  const isReplaced = tab !== undefined && !tab.isDirty && showsOtherwise(tab, uri, viewType);
  if (isReplaced) await vscode.commands.executeCommand('reopenActiveEditorWith', viewType);
  else await vscode.commands.executeCommand('vscode.openWith', uri, viewType);
}

function showsOtherwise({ input }: vscode.Tab, uri: vscode.Uri, viewType: string): boolean {
  const isText = input instanceof vscode.TabInputText;
  if (!isText && !(input instanceof vscode.TabInputCustom)) return false;
  const shownAs = isText ? textEditorViewType : input.viewType;
  return shownAs !== viewType && input.uri.toString() === uri.toString();
}
