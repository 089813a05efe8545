import * as vscode from 'vscode';
import { runFileEnding } from '../../runfile/runFileEnding.ts';
import { findInFolders, type FindLimits } from '../../runlist/findInFolders.ts';

export const runFileGlob = '**/*.rtbench.json';

const mostFiles = 5000;
const notLookedInto = '**/{node_modules,.git}/**';

/** Every folder asked of a remote file system is a request. */
const walkLimits = { depth: 8, mostFolders: 2000 };
const remoteWalkLimits = { depth: 4, mostFolders: 200 };

/** The run files of the workspace, and of results folders outside of it. */
export async function findRunFiles(resultsFolders: readonly vscode.Uri[]): Promise<vscode.Uri[]> {
  const inWorkspace = await searchWorkspace();
  const others = await Promise.all(
    resultsFolders.map((folder) => walk(folder, { depth: 0, mostFolders: 1 })),
  );
  const byUri = new Map([...inWorkspace, ...others.flat()].map((uri) => [uri.toString(), uri]));
  return [...byUri.values()];
}

/** The run files of something that has come; none where it is no folder. */
export async function runFilesBeneath(uri: vscode.Uri): Promise<vscode.Uri[]> {
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    return type === vscode.FileType.Directory ? await walk(uri, limitsFor(uri)) : [];
  } catch {
    // It has gone again.
    return [];
  }
}

/** The search engine may be missing, which shows as an error or as no result: then it walks. */
async function searchWorkspace(): Promise<vscode.Uri[]> {
  const found = await search();
  if (found.length > 0) return found;
  const folders = vscode.workspace.workspaceFolders ?? [];
  const walked = await Promise.all(folders.map(({ uri }) => walk(uri, limitsFor(uri))));
  return walked.flat();
}

function limitsFor({ scheme }: vscode.Uri): FindLimits {
  return scheme === 'file' ? walkLimits : remoteWalkLimits;
}

async function search(): Promise<vscode.Uri[]> {
  try {
    return await vscode.workspace.findFiles(runFileGlob, notLookedInto, mostFiles);
  } catch {
    return [];
  }
}

async function walk(root: vscode.Uri, limits: FindLimits): Promise<vscode.Uri[]> {
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
