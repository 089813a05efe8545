import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errorText } from '../common/benchError.ts';
import { DatasetError } from './datasetError.ts';

const maxFiles = 1_000_000;

/**
 * All files under a folder: paths relative to it with `/`, sorted by code unit, folder by folder,
 * files first. Leaves out names that start with a dot and does not enter symbolic links to folders.
 * @throws DatasetError `not-found`, `unreadable`, or `too-large` above a million files
 */
export async function walkFolder(folder: string): Promise<string[]> {
  const files: string[] = [];
  await walk(folder, '', files);
  return files;
}

async function walk(folder: string, below: string, files: string[]): Promise<void> {
  const entries = await list(join(folder, below));
  const folders: string[] = [];
  for (const entry of entries) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) folders.push(path);
    else if (entry.isFile() || entry.isSymbolicLink()) files.push(path);
  }
  if (files.length > maxFiles) {
    throw new DatasetError(
      'too-large',
      `${folder} holds over ${maxFiles} files. Give the folder of the dataset itself, or a manifest.`,
    );
  }
  for (const path of folders) await walk(folder, path, files);
}

async function list(folder: string) {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const visible = entries.filter((entry) => !entry.name.startsWith('.'));
    return visible.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    throw new DatasetError('unreadable', `Cannot read the folder ${folder}: ${errorText(error)}`, {
      cause: error,
    });
  }
}
