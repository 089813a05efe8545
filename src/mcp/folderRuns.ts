import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AgentRun, RunPlace } from '../agenttools/agentWorkspace.ts';
import { errorText } from '../common/benchError.ts';
import { findInFolders, type FolderEntry } from '../runlist/findInFolders.ts';
import type { ListedHeadline } from '../runlist/listedHeadline.ts';
import { readHeadFromDisk } from '../runlist/readHeadFromDisk.ts';
import { readHeadline } from '../runlist/readHeadline.ts';
import type { FolderBoundary } from '../agenttools/folderBoundary.ts';

const limits = { depth: 8, mostFolders: 2000 };

/** The run files of a folder and of those within it. */
export async function folderRuns(boundary: FolderBoundary): Promise<AgentRun[]> {
  const isRun = (name: string): boolean => name.endsWith('.rtbench.json');
  const found = await findInFolders(boundary.root, listFolder, isRun, limits);
  const runs: AgentRun[] = [];
  for (const { folder, name } of found) {
    const file = path.join(folder, name);
    runs.push({ ...runPlace(boundary, file), content: await readListed(file) });
  }
  return runs;
}

export function runPlace(boundary: FolderBoundary, file: string): RunPlace {
  return { label: boundary.label(file), uri: pathToFileURL(file).href, file };
}

/** Links are left out: they may lead out of the folder, or back. */
async function listFolder(folder: string): Promise<FolderEntry[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => !entry.isSymbolicLink())
    .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));
}

async function readListed(file: string): Promise<ListedHeadline> {
  try {
    const headline = readHeadline(await readHeadFromDisk(file), path.dirname(file));
    return { kind: 'run', headline };
  } catch (error) {
    return { kind: 'broken', reason: errorText(error) };
  }
}
