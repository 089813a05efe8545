import { mkdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { BenchError } from '../common/benchError.ts';
import { plainText } from './plainText.ts';

/** A folder that agents may have read and written. Links that lead out of it are not followed. */
export class FolderBoundary {
  /** Absolute path without links. */
  readonly root: string;

  private constructor(root: string) {
    this.root = root;
  }

  /** Throws a BenchError where there is no such folder. */
  static async of(folder: string): Promise<FolderBoundary> {
    try {
      return new FolderBoundary(await realpath(folder));
    } catch (cause) {
      throw new BenchError('folder_missing', `There is no folder ${folder}.`, { cause });
    }
  }

  /**
   * Absolute path of a file or folder that exists.
   * @param text a path relative to the folder, or a file URI
   * @throws BenchError where it lies outside or does not exist
   */
  async find(text: string): Promise<string> {
    const asked = this.#lexical(text);
    const real = await realpath(asked).catch(() => null);
    if (real === null) {
      throw new BenchError('not_found', `There is no "${plainText(text)}" in the folder.`);
    }
    if (!this.holds(real)) throw outside(text);
    return real;
  }

  /** Absolute path of a folder that need not exist. Throws a BenchError where it lies outside. */
  async findFolder(text: string): Promise<string> {
    const asked = this.#lexical(text);
    let existing = asked;
    while ((await realpath(existing).catch(() => null)) === null) existing = path.dirname(existing);
    if (!this.holds(await realpath(existing))) throw outside(text);
    return asked;
  }

  /** Absolute path of a folder, which is made where it does not exist. Throws as `find` does. */
  async makeFolder(text: string): Promise<string> {
    const asked = await this.findFolder(text);
    await mkdir(asked, { recursive: true });
    return this.find(asked);
  }

  /** Whether a path without links is within. */
  holds(file: string): boolean {
    const relative = path.relative(this.root, file);
    return !path.isAbsolute(relative) && relative.split(path.sep)[0] !== '..';
  }

  /** Path within the folder, with `/` on every system. */
  label(file: string): string {
    return path.relative(this.root, file).split(path.sep).join('/');
  }

  #lexical(text: string): string {
    const file = path.resolve(this.root, localPath(text));
    if (!this.holds(file)) throw outside(text);
    return file;
  }
}

function localPath(text: string): string {
  if (!text.startsWith('file:')) return text;
  try {
    return fileURLToPath(text);
  } catch (cause) {
    throw new BenchError('path_invalid', `"${plainText(text)}" is no file of this computer.`, {
      cause,
    });
  }
}

function outside(text: string): BenchError {
  return new BenchError(
    'outside_folder',
    `"${plainText(text)}" lies outside of the folder that may be used. Give a path within it.`,
  );
}
