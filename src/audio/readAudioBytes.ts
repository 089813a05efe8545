import { createHash } from 'node:crypto';
import { constants, open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { errorText } from '../common/benchError.ts';
import { AudioError } from './audioError.ts';
import type { AudioBytes } from './audioStream.ts';

const readBytes = 4 * 2 ** 20;

/** Read in parts, so that neither reading nor hashing holds up the event loop for long. */
export async function readAudioBytes(
  path: string,
  maxFileBytes: number,
): Promise<AudioBytes & { sha256: string }> {
  let handle: FileHandle | undefined;
  try {
    // Non-blocking, so that opening a named pipe without a writer does not wait for ever. (Windows
    // has no such flag; there it counts as 0.)
    handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    return await readAll(handle, path, maxFileBytes);
  } catch (error) {
    throw error instanceof AudioError ? error : readError(path, error);
  } finally {
    await handle?.close();
  }
}

async function readAll(
  handle: FileHandle,
  path: string,
  maxFileBytes: number,
): Promise<AudioBytes & { sha256: string }> {
  const stat = await handle.stat();
  if (!stat.isFile()) {
    throw new AudioError('unreadable', path, 'is not a file. Give the path of an audio file.');
  }
  if (stat.size > maxFileBytes) {
    throw new AudioError(
      'too_long',
      path,
      `has ${stat.size} bytes, over the limit of ${maxFileBytes}. Cut it into shorter files.`,
    );
  }
  // Unfilled: clearing a gigabyte first would hold up the event loop. Only what was read is used.
  const bytes = Buffer.allocUnsafe(stat.size);
  const hash = createHash('sha256');
  let offset = 0;
  while (offset < bytes.length) {
    const length = Math.min(readBytes, bytes.length - offset);
    const { bytesRead } = await handle.read(bytes, offset, length, offset);
    if (bytesRead === 0) break;
    hash.update(bytes.subarray(offset, offset + bytesRead));
    offset += bytesRead;
  }
  if (offset === 0) {
    throw new AudioError('empty', path, 'has no bytes. Record or download it again.');
  }
  return { path, bytes: bytes.subarray(0, offset), sha256: hash.digest('hex') };
}

function readError(path: string, error: unknown): AudioError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    const problem = 'does not exist. Check the path in the dataset.';
    return new AudioError('not_found', path, problem, { cause: error });
  }
  const problem = `cannot be read (${errorText(error)}). Check its permissions.`;
  return new AudioError('unreadable', path, problem, { cause: error });
}
