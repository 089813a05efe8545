import path from 'node:path';
import * as vscode from 'vscode';
import { journalEnding } from '../../runfile/runFileName.ts';
import { localFolders, openResultsFolders } from './benchmarkSettings.ts';
import { findInFolders, type FolderEntry } from '../../runlist/findInFolders.ts';

const manifestNames = new Set([
  'manifest.jsonl',
  'manifest.json',
  'manifest.csv',
  'manifest.tsv',
  'metadata.jsonl',
  'metadata.csv',
]);
const limits = { depth: 3, mostFolders: 200 };
const mostDatasets = 10;

/** Folders of the workspace with a manifest, which speaks for its folder. */
export async function workspaceDatasets(): Promise<string[]> {
  const found = await Promise.all(
    localFolders().map(({ uri }) =>
      findInFolders(uri.fsPath, listFolder, (name) => manifestNames.has(name), limits),
    ),
  );
  const folders = found.flat().map(({ folder }) => path.normalize(folder));
  return [...new Set(folders)].slice(0, mostDatasets);
}

/** Journals in the workspace and in the folders for results. */
export async function workspaceJournals(): Promise<string[]> {
  const roots = [...localFolders().map(({ uri }) => uri.fsPath), ...openResultsFolders()];
  const found = await Promise.all(
    [...new Set(roots)].map((root) =>
      findInFolders(root, listFolder, (name) => name.endsWith(journalEnding), limits),
    ),
  );
  return [...new Set(found.flat().map(({ folder, name }) => path.join(folder, name)))];
}

async function listFolder(folder: string): Promise<FolderEntry[]> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(vscode.Uri.file(folder));
    return entries.map(([name, type]) => ({ name, isFolder: type === vscode.FileType.Directory }));
  } catch {
    return [];
  }
}
