import { stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';

export type ResolvedAudio =
  | { path: string; /** A relative path that leads out of its folder. */ leadsOut: boolean }
  | { problem: string };

/**
 * Finds the file that a dataset names. Relative paths start from `folder`; where that fails, `\`
 * is tried as a separator, and the `clips` folder that Common Voice leaves out of its tables.
 */
export async function resolveAudio(folder: string, written: string): Promise<ResolvedAudio> {
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(written)?.[1];
  if (scheme) {
    return {
      problem: `The audio is an address (${scheme}://…); download it and give a file's path.`,
    };
  }
  const slashed = sep === '/' ? written.replaceAll('\\', '/') : written;
  const candidates = [...new Set([written, slashed, join('clips', written)])];
  for (const candidate of isAbsolute(written) ? [written] : candidates) {
    const path = resolve(folder, candidate);
    const kind = await kindOf(path);
    if (kind === 'file') return { path, leadsOut: !isAbsolute(written) && leadsOut(folder, path) };
    if (kind === 'other') return { problem: `${written} is not a file.` };
  }
  return { problem: `The audio file ${written} does not exist.` };
}

/** Whether the way from a folder to a file begins by leaving the folder. */
export function leadsOut(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way.startsWith(`..${sep}`) || isAbsolute(way);
}

async function kindOf(path: string): Promise<'file' | 'other' | 'missing'> {
  const found = await stat(path).catch(() => null);
  if (found === null) return 'missing';
  return found.isFile() ? 'file' : 'other';
}
