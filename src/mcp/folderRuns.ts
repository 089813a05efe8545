import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AgentRun, RunPlace } from '../agenttools/agentWorkspace.ts';
import { filesOfFolder } from '../agenttools/filesOfFolder.ts';
import type { FolderBoundary } from '../agenttools/folderBoundary.ts';
import { errorText } from '../common/benchError.ts';
import { runFileEnding } from '../runfile/runFileEnding.ts';
import type { ListedHeadline } from '../runlist/listedHeadline.ts';
import { readHeadFromDisk } from '../runlist/readHeadFromDisk.ts';
import { readHeadline } from '../runlist/readHeadline.ts';

/** The run files of a folder and of those within it. */
export async function folderRuns(boundary: FolderBoundary): Promise<AgentRun[]> {
  const runs: AgentRun[] = [];
  for (const file of await filesOfFolder(boundary.root, runFileEnding)) {
    runs.push({ ...runPlace(boundary, file), content: await readListed(file) });
  }
  return runs;
}

export function runPlace(boundary: FolderBoundary, file: string): RunPlace {
  return { label: boundary.label(file), uri: pathToFileURL(file).href, file };
}

async function readListed(file: string): Promise<ListedHeadline> {
  try {
    const headline = readHeadline(await readHeadFromDisk(file), path.dirname(file));
    return { kind: 'run', headline };
  } catch (error) {
    return { kind: 'broken', reason: errorText(error) };
  }
}
