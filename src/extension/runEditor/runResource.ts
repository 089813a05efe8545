import * as vscode from 'vscode';

/**
 * The file that a command is meant for: the one it was called on (explorer, editor title, an item
 * of a tree), else the one in the active editor. Undefined where there is neither.
 */
export function runResource(argument: unknown): vscode.Uri | undefined {
  if (argument instanceof vscode.Uri) return argument;
  if (isItem(argument)) return argument.resourceUri;
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const isFile = input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText;
  return isFile ? input.uri : undefined;
}

function isItem(argument: unknown): argument is { resourceUri: vscode.Uri } {
  if (typeof argument !== 'object' || argument === null) return false;
  return 'resourceUri' in argument && argument.resourceUri instanceof vscode.Uri;
}
