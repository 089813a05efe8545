import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import path from 'node:path';
import { BenchError } from '../common/benchError.ts';

/**
 * Looks whether runs can be saved in a folder, which need not be there yet. Makes nothing.
 * @throws BenchError `folder_unusable` that names what is in the way.
 */
export async function requireFolder(folder: string): Promise<void> {
  const problem = await problemOf(folder, folder);
  if (problem === null) return;
  const remedy =
    'Choose another folder: "rtbench.resultsFolder" in the settings, "outputFolder" in a plan.';
  throw new BenchError(
    'folder_unusable',
    `Runs cannot be saved in ${folder}: ${problem}. ${remedy}`,
  );
}

/** Of the folder, or of the nearest one above it that is there, in which it would be made. */
async function problemOf(folder: string, asked: string): Promise<string | null> {
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => null,
  );
  const name = folder === asked ? 'it' : folder;
  if (isFolder === false) return `${name} is a file`;
  if (isFolder === null) {
    const above = path.dirname(folder);
    return above === folder ? `${name} is not there` : problemOf(above, asked);
  }
  return access(folder, constants.W_OK | constants.X_OK).then(
    () => null,
    () => `${name} cannot be written to`,
  );
}
