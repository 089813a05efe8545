import * as vscode from 'vscode';
import { openAsText, runEditorViewType } from './openRun.ts';
import { tell } from '../tell.ts';

/** VS Code gives extensions no text of more UTF-16 units than this. */
const mostBytes = 50 * 1024 * 1024;

/**
 * Offers the text editor for a run that is too large for any extension: VS Code then shows an
 * "unexpected error" in the run editor's place, without asking the editor.
 */
export function offerTextBeyondLimit(): vscode.Disposable {
  const look = (tabs: readonly vscode.Tab[]): void => {
    for (const { input } of tabs) {
      if (!(input instanceof vscode.TabInputCustom)) continue;
      if (input.viewType === runEditorViewType) void offerWhereTooLarge(input.uri);
    }
  };
  // The tab that activated the extension is open already.
  look(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs));
  return vscode.window.tabGroups.onDidChangeTabs(({ opened }) => {
    look(opened);
  });
}

async function offerWhereTooLarge(uri: vscode.Uri): Promise<void> {
  if (!(await isBeyondLimit(uri))) return;
  const asText = 'Open as Text';
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  const chosen = await tell.warning(
    `${name} is larger than the 50 MiB that VS Code gives to an editor. ` +
      '"rtbench show" prints its figures in a terminal.',
    asText,
  );
  if (chosen === asText) await openAsText(uri);
}

async function isBeyondLimit(uri: vscode.Uri): Promise<boolean> {
  try {
    if ((await vscode.workspace.fs.stat(uri)).size <= mostBytes) return false;
  } catch {
    return false;
  }
  // Characters count, not bytes: VS Code says itself whether there are too many.
  return vscode.workspace.openTextDocument(uri).then(
    () => false,
    () => true,
  );
}
