import { readFile } from 'node:fs/promises';
import type { PlanText } from '../agenttools/agentWorkspace.ts';
import type { FolderBoundary } from '../agenttools/folderBoundary.ts';
import { plainText } from '../agenttools/plainText.ts';
import { BenchError, errorText } from '../common/benchError.ts';
import { planFileEnding } from '../planfile/planFileEnding.ts';

/** Reads a plan file. Throws a BenchError for what is none, lies outside, or cannot be read. */
export async function readPlanText(asked: string, boundary: FolderBoundary): Promise<PlanText> {
  const file = await boundary.find(asked);
  const label = boundary.label(file);
  if (!file.endsWith(planFileEnding)) {
    throw new BenchError(
      'not_a_plan',
      `"${plainText(asked)}" is no plan file (${planFileEnding}).`,
    );
  }
  try {
    return { label, file, text: await readFile(file, 'utf8') };
  } catch (cause) {
    const message = `${plainText(label)} cannot be read: ${errorText(cause)}`;
    throw new BenchError('not_readable', message, { cause });
  }
}
