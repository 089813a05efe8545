import { readFile } from 'node:fs/promises';
import { BenchError, errorText } from '../common/benchError.ts';
import { planFileEnding } from '../planfile/planFileEnding.ts';
import type { PlanText } from './agentWorkspace.ts';
import { plainText } from './plainText.ts';

/** A file that may be a plan. */
export interface PlanPlace {
  /** Path within the workspace, for people. */
  label: string;
  /** Absolute path. */
  file: string;
  /** Its text where that is not saved yet; null: what the disk has. */
  unsaved: string | null;
}

/** Reads a plan file. Throws a BenchError for what is none, or cannot be read. */
export async function readPlanText({ label, file, unsaved }: PlanPlace): Promise<PlanText> {
  if (!file.endsWith(planFileEnding)) {
    throw new BenchError(
      'not_a_plan',
      `"${plainText(label)}" is no plan file (${planFileEnding}).`,
    );
  }
  try {
    return { label, file, text: unsaved ?? (await readFile(file, 'utf8')) };
  } catch (cause) {
    const message = `${plainText(label)} cannot be read: ${errorText(cause)}`;
    throw new BenchError('not_readable', message, { cause });
  }
}
