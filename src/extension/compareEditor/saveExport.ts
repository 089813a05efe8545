import * as vscode from 'vscode';
import { tell } from '../tell.ts';

export type ExportFormat = 'markdown' | 'csv' | 'html';

const extensions: Readonly<Record<ExportFormat, string>> = {
  markdown: 'md',
  csv: 'csv',
  html: 'html',
};

const names: Readonly<Record<string, string>> = {
  md: 'Markdown',
  csv: 'CSV',
  html: 'HTML',
  png: 'PNG',
};

const pngPrefix = 'data:image/png;base64,';
const pngMagic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Saves a report where the user says. Markdown is mostly pasted: it may go to the clipboard. */
export async function saveReport(
  format: ExportFormat,
  text: string,
  beside: vscode.Uri,
): Promise<void> {
  const toClipboard = format === 'markdown' ? await prefersClipboard() : false;
  if (toClipboard === null) return;
  if (toClipboard) {
    await vscode.env.clipboard.writeText(text);
    vscode.window.setStatusBarMessage('The comparison is on the clipboard.', 5000);
    return;
  }
  const name = `comparison.${extensions[format]}`;
  await save(name, new TextEncoder().encode(text), beside);
}

/**
 * Saves the picture of a plot where the user says.
 * Throws where it is not a PNG file.
 */
export async function savePicture(
  name: string,
  picture: string,
  beside: vscode.Uri,
): Promise<void> {
  const bytes = Buffer.from(picture.slice(pngPrefix.length), 'base64');
  const isPng = picture.startsWith(pngPrefix) && bytes.subarray(0, 8).equals(pngMagic);
  if (!isPng) throw new Error('The picture could not be saved: the page made no PNG file of it.');
  const safe = name.replaceAll(/[^\p{L}\p{N} ._-]/gu, '-').slice(0, 80) || 'comparison';
  await save(`${safe}.png`, bytes, beside);
}

/** Null where the user gave up. */
async function prefersClipboard(): Promise<boolean | null> {
  const clipboard = 'Copy to Clipboard';
  const choice = await vscode.window.showQuickPick([clipboard, 'Save to File…'], {
    placeHolder: 'Markdown of the comparison, for a pull request',
  });
  return choice === undefined ? null : choice === clipboard;
}

async function save(name: string, content: Uint8Array, beside: vscode.Uri): Promise<void> {
  const extension = name.slice(name.lastIndexOf('.') + 1);
  const folder =
    beside.scheme === 'file' ? vscode.Uri.joinPath(beside, '..') : firstWorkspaceFolder();
  const target = await vscode.window.showSaveDialog({
    title: `Save ${name}`,
    filters: { [names[extension] ?? extension]: [extension] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (!target) return;
  await vscode.workspace.fs.writeFile(target, content);
  const open = 'Open';
  const label = vscode.workspace.asRelativePath(target);
  void tell.information(`Saved ${label}.`, open).then(async (choice) => {
    if (choice !== open) return;
    if (extension === 'html') await vscode.env.openExternal(target);
    else await vscode.commands.executeCommand('vscode.open', target);
  });
}

function firstWorkspaceFolder(): vscode.Uri | undefined {
  return vscode.workspace.workspaceFolders?.[0]?.uri;
}
