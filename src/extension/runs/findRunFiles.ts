import type * as vscode from 'vscode';
import { runFileEnding } from '../../runfile/runFileEnding.ts';
import { filesIn, findInWorkspace } from '../findFiles.ts';

const mostFiles = 5000;

/** The run files of the workspace, and of results folders outside of it. */
export async function findRunFiles(resultsFolders: readonly vscode.Uri[]): Promise<vscode.Uri[]> {
  const inWorkspace = await findInWorkspace(runFileEnding, mostFiles);
  const others = await Promise.all(resultsFolders.map((folder) => filesIn(folder, runFileEnding)));
  const byUri = new Map([...inWorkspace, ...others.flat()].map((uri) => [uri.toString(), uri]));
  return [...byUri.values()];
}
