import * as vscode from 'vscode';
import type { PlanText, RunPlace } from '../../agenttools/agentWorkspace.ts';
import { filesOfFolder } from '../../agenttools/filesOfFolder.ts';
import { FolderBoundary } from '../../agenttools/folderBoundary.ts';
import { plainText } from '../../agenttools/plainText.ts';
import { BenchError } from '../../common/benchError.ts';
import { planFileEnding } from '../../planfile/planFileEnding.ts';
import { localFolders, resultsFolder } from '../benchmark/benchmarkSettings.ts';

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

/** A plan as it is in its editor, saved or not. Throws a BenchError for what is no plan file. */
export async function readPlanText(asked: string): Promise<PlanText> {
  const listed = (await planFiles()).find(({ label }) => label === asked);
  const file = await findInWorkspace(listed?.file ?? asked);
  if (!file.endsWith(planFileEnding)) {
    throw new BenchError(
      'not_a_plan',
      `"${plainText(asked)}" is no plan file (${planFileEnding}).`,
    );
  }
  const document = await vscode.workspace.openTextDocument(file);
  return { label: vscode.workspace.asRelativePath(file), file, text: document.getText() };
}

function openFolders(): string[] {
  return localFolders().map(({ uri }) => uri.fsPath);
}

function runFolders(): string[] {
  return localFolders().flatMap(({ uri }) => {
    const results = resultsFolder(uri);
    return results === null ? [uri.fsPath] : [uri.fsPath, results];
  });
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
