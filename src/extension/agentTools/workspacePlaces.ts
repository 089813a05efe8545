import * as vscode from 'vscode';
import type { RunPlace } from '../../agenttools/agentWorkspace.ts';
import { filesOfFolder } from '../../agenttools/filesOfFolder.ts';
import { FolderBoundary } from '../../agenttools/folderBoundary.ts';
import type { PlanPlace } from '../../agenttools/readPlanText.ts';
import { BenchError } from '../../common/benchError.ts';
import { planFileEnding } from '../../planfile/planFileEnding.ts';
import { localFolders, openResultsFolders } from '../benchmark/benchmarkSettings.ts';

/** Absolute path of a file or folder within an open folder. Throws a BenchError for all others. */
export function findInWorkspace(text: string): Promise<string> {
  return inFolders(openFolders(), (boundary) => boundary.find(text));
}

/** Runs may also be in a results folder outside of the open ones. */
export function findSaved(text: string): Promise<string> {
  return inFolders(runFolders(), (boundary) => boundary.find(text));
}

/** As {@link findSaved}, for a folder that need not exist. */
export function findOutputFolder(folder: string): Promise<string> {
  return inFolders(runFolders(), (boundary) => boundary.findFolder(folder));
}

export function runPlace(uri: vscode.Uri): RunPlace {
  const label = vscode.workspace.asRelativePath(uri);
  return { label, uri: uri.toString(), file: uri.fsPath };
}

/** The plan files of the open folders, sorted by their labels. */
export async function planFiles(): Promise<{ label: string; file: string }[]> {
  const found = await Promise.all(
    openFolders().map((folder) => filesOfFolder(folder, planFileEnding)),
  );
  return found
    .flat()
    .map((file) => ({ label: vscode.workspace.asRelativePath(file), file }))
    .sort((one, other) => one.label.localeCompare(other.label));
}

/** A plan file, with what an editor has of it that is not saved. Throws a BenchError outside. */
export async function planPlace(asked: string): Promise<PlanPlace> {
  const listed = (await planFiles()).find(({ label }) => label === asked);
  const file = await findInWorkspace(listed?.file ?? asked);
  // A document without changes may still be older than the file that an agent has just written.
  const changed = vscode.workspace.textDocuments.find(
    ({ uri, isDirty }) => isDirty && uri.scheme === 'file' && uri.fsPath === file,
  );
  const label = vscode.workspace.asRelativePath(file);
  return { label, file, unsaved: changed?.getText() ?? null };
}

function openFolders(): string[] {
  return localFolders().map(({ uri }) => uri.fsPath);
}

function runFolders(): string[] {
  return [...openFolders(), ...openResultsFolders()];
}

/** In the first folder that has it. */
async function inFolders(
  folders: readonly string[],
  find: (boundary: FolderBoundary) => Promise<string>,
): Promise<string> {
  let first: BenchError | null = null;
  for (const folder of new Set(folders)) {
    try {
      return await find(await FolderBoundary.of(folder));
    } catch (error) {
      if (!(error instanceof BenchError)) throw error;
      // The first folder's reason is the one that fits most often.
      first ??= error;
    }
  }
  throw first ?? new BenchError('no_folder', 'No folder is open. Open the one with the files.');
}
