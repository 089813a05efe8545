import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { findInFolders, type FolderEntry } from '../runlist/findInFolders.ts';

const limits = { depth: 8, mostFolders: 2000 };

/** Paths of the files of a folder, and of those within it, whose names end so. */
export async function filesOfFolder(root: string, ending: string): Promise<string[]> {
  const matches = (name: string): boolean => name.endsWith(ending);
  const found = await findInFolders(root, listFolder, matches, limits);
  return found.map(({ folder, name }) => path.join(folder, name));
}

/** Links are left out: they may lead out of the folder, or back. */
async function listFolder(folder: string): Promise<FolderEntry[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => !entry.isSymbolicLink())
    .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));
}
