import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { BenchError, errorText } from '../common/benchError.ts';
import { parsePlanFile } from '../planfile/parsePlanFile.ts';
import { plansOf, type PlannedRun } from '../planfile/plansOf.ts';
import { bundledSpeech } from '../dataset/bundledSpeech.ts';

/** How the name of a plan file ends. */
export const planFileEnding = '.rtplan.json';

/**
 * Reads a plan file.
 *
 * @returns what it asks for, and the folder where its run files go
 * @throws BenchError that names the file, the place in it, and what is wrong
 */
export async function readPlanFile(file: string): Promise<{ folder: string; runs: PlannedRun[] }> {
  const plan = parsePlanFile(await readText(file), file);
  const folder = path.dirname(path.resolve(file));
  const runs = plansOf(plan, {
    folder,
    bundledSpeech: bundledSpeech(),
    endpointNamed: () => null,
  });
  return { folder: path.resolve(folder, plan.outputFolder), runs };
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new BenchError('not_readable', `${file} cannot be read: ${errorText(cause)}`, { cause });
  }
}
