import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { BenchError, errorText } from '../common/benchError.ts';
import { readFolderSettings } from '../mcp/folderSettings.ts';
import type { PlanEndpoint } from '../plan/plan.ts';
import { parsePlanFile } from '../planfile/parsePlanFile.ts';
import { plansOf, type PlannedRun } from '../planfile/plansOf.ts';
import { bundledSpeech } from '../dataset/bundledSpeech.ts';
import { nearestSettingsFolder } from '../planfile/folderSettingsFile.ts';

/**
 * Reads a plan file.
 *
 * @returns what it asks for, and the folder where its run files go
 * @throws BenchError that names the file, the place in it, and what is wrong
 */
export async function readPlanFile(file: string): Promise<{ folder: string; runs: PlannedRun[] }> {
  const plan = parsePlanFile(await readText(file), file);
  const folder = path.dirname(path.resolve(file));
  const configured = await endpointsAround(folder);
  const runs = plansOf(plan, {
    folder,
    bundledSpeech: bundledSpeech(),
    endpointNamed: (name) => configured.find(({ id }) => id === name) ?? null,
  });
  return { folder: path.resolve(folder, plan.outputFolder), runs };
}

/** Those of the nearest folder upwards that has settings of VS Code. */
async function endpointsAround(folder: string): Promise<PlanEndpoint[]> {
  const { endpoints } = await readFolderSettings(nearestSettingsFolder(folder));
  return endpoints.map(({ name, options, ...endpoint }) => ({
    id: name,
    ...endpoint,
    ...(options && { options }),
    apiKeyEnv: null,
  }));
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new BenchError('not_readable', `${file} cannot be read: ${errorText(cause)}`, { cause });
  }
}
