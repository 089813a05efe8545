import * as vscode from 'vscode';
import { findInFolders, type FindLimits } from '../runlist/findInFolders.ts';

const notLookedInto = '**/{node_modules,.git}/**';

/** Every folder asked of a remote file system is a request. */
const walkLimits = { depth: 8, mostFolders: 2000 };
const remoteWalkLimits = { depth: 4, mostFolders: 200 };
const thisFolderAlone = { depth: 0, mostFolders: 1 };

/** The files of the workspace whose names end so. */
export async function findInWorkspace(ending: string, most: number): Promise<vscode.Uri[]> {
  const found = await search(ending, most);
  if (found.length > 0) return found;
  // The search engine may be missing, which shows as an error or as no result.
  const folders = vscode.workspace.workspaceFolders ?? [];
  const walked = await Promise.all(folders.map(({ uri }) => walk(uri, ending, limitsFor(uri))));
  return walked.flat().slice(0, most);
}

/** The files of one folder whose names end so, without those of the folders within it. */
export function filesIn(folder: vscode.Uri, ending: string): Promise<vscode.Uri[]> {
  return walk(folder, ending, thisFolderAlone);
}

/** The files whose names end so of something that has come; none where it is no folder. */
export async function filesBeneath(uri: vscode.Uri, ending: string): Promise<vscode.Uri[]> {
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    return type === vscode.FileType.Directory ? await walk(uri, ending, limitsFor(uri)) : [];
  } catch {
    // It has gone again.
    return [];
  }
}

function limitsFor({ scheme }: vscode.Uri): FindLimits {
  return scheme === 'file' ? walkLimits : remoteWalkLimits;
}

async function search(ending: string, most: number): Promise<vscode.Uri[]> {
  try {
    return await vscode.workspace.findFiles(`**/*${ending}`, notLookedInto, most);
  } catch {
    return [];
  }
}

async function walk(root: vscode.Uri, ending: string, limits: FindLimits): Promise<vscode.Uri[]> {
  const list = async (folder: string) => listFolder(root.with({ path: folder }));
  const matches = (name: string): boolean => name.endsWith(ending);
  const found = await findInFolders(root.path, list, matches, limits);
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
