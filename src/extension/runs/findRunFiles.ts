import * as vscode from 'vscode';
import { runFileEnding } from '../../runfile/runFileEnding.ts';
import { findInFolders } from '../../runlist/findInFolders.ts';

export const runFileGlob = '**/*.rtbench.json';

const mostFiles = 5000;
const notLookedInto = '**/{node_modules,.git}/**';

/** Every folder asked of a remote file system is a request. */
const walkLimits = { depth: 8, mostFolders: 2000 };
const remoteWalkLimits = { depth: 4, mostFolders: 200 };

/** The run files of the workspace, and of a results folder outside of it. */
export async function findRunFiles(resultsFolder: vscode.Uri | null): Promise<vscode.Uri[]> {
  const inWorkspace = await searchWorkspace();
  const others =
    resultsFolder === null ? [] : await walk(resultsFolder, { depth: 0, mostFolders: 1 });
  const byUri = new Map([...inWorkspace, ...others].map((uri) => [uri.toString(), uri]));
  return [...byUri.values()];
}

/** The search engine may be missing, which shows as an error or as no result: then it walks. */
async function searchWorkspace(): Promise<vscode.Uri[]> {
  const found = await search();
  if (found.length > 0) return found;
  const folders = vscode.workspace.workspaceFolders ?? [];
  const walked = await Promise.all(
    folders.map(({ uri }) => walk(uri, uri.scheme === 'file' ? walkLimits : remoteWalkLimits)),
  );
  return walked.flat();
}

async function search(): Promise<vscode.Uri[]> {
  try {
    return await vscode.workspace.findFiles(runFileGlob, notLookedInto, mostFiles);
  } catch {
    return [];
  }
}

async function walk(
  root: vscode.Uri,
  limits: { depth: number; mostFolders: number },
): Promise<vscode.Uri[]> {
  const list = async (folder: string) => listFolder(root.with({ path: folder }));
  const isRun = (name: string): boolean => name.endsWith(runFileEnding);
  const found = await findInFolders(root.path, list, isRun, limits);
  return found.map(({ folder, name }) => vscode.Uri.joinPath(root.with({ path: folder }), name));
}

async function listFolder(folder: vscode.Uri): Promise<{ name: string; isFolder: boolean }[]> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(folder);
    // A link is not followed: it may lead back.
    return entries
      .filter(([, type]) => (type & vscode.FileType.SymbolicLink) === 0)
      .map(([name, type]) => ({ name, isFolder: (type & vscode.FileType.Directory) !== 0 }));
  } catch {
    return [];
  }
}
