import { open, type FileHandle } from 'node:fs/promises';
import { TextDecoder } from 'node:util';
import { errorText } from '../common/benchError.ts';
import { DatasetError } from './datasetError.ts';

const maxLineLength = 8 * 1024 * 1024;

export interface TextLine {
  /** 1-based. */
  line: number;
  text: string;
}

/**
 * The text of a file in pieces, every line ending as `\n`. Reads UTF-8, and UTF-16 with a byte
 * order mark; the mark is left out.
 * @throws DatasetError `not-found`, `unreadable` or `encoding`
 */
export async function* readText(path: string): AsyncGenerator<string> {
  const file = await openFile(path);
  try {
    const decoder = new TextDecoder(await detectEncoding(file), { fatal: true });
    let heldReturn = '';
    for await (const bytes of file.createReadStream({ start: 0, autoClose: false })) {
      const text = heldReturn + decode(decoder, bytes as Uint8Array, path);
      // A final \r may be half of a \r\n that the next piece completes.
      heldReturn = text.endsWith('\r') ? '\r' : '';
      yield normaliseLineEndings(heldReturn ? text.slice(0, -1) : text);
    }
    yield normaliseLineEndings(heldReturn + decode(decoder, null, path));
  } catch (error) {
    if (error instanceof DatasetError) throw error;
    throw new DatasetError('unreadable', `Cannot read ${path}: ${errorText(error)}`, {
      cause: error,
    });
  } finally {
    await file.close();
  }
}

/**
 * The whole text of a file.
 * @throws DatasetError as {@link readText}, and `too-large` above `maxBytes`
 */
export async function readWholeText(path: string, maxBytes: number): Promise<string> {
  const file = await openFile(path);
  const { size } = await file.stat().finally(() => file.close());
  if (size > maxBytes) {
    throw new DatasetError(
      'too-large',
      `${path} has ${size} bytes, more than the ${maxBytes} that are read at once.`,
    );
  }
  let text = '';
  for await (const piece of readText(path)) text += piece;
  return text;
}

/**
 * The lines of a file one by one, without their ends; memory is bounded by the longest line.
 * @throws DatasetError as {@link readText}, and `too-large` for a line of over 8 Mi characters
 */
export async function* readLines(path: string): AsyncGenerator<TextLine> {
  let line = 1;
  let rest = '';
  for await (const piece of readText(path)) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) yield { line: line++, text };
    if (rest.length > maxLineLength) {
      throw new DatasetError(
        'too-large',
        `${path}:${line}: the line is over 8 Mi characters long.`,
      );
    }
  }
  if (rest !== '') yield { line, text: rest };
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path);
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new DatasetError(
      missing ? 'not-found' : 'unreadable',
      missing ? `There is no file ${path}.` : `Cannot read ${path}: ${errorText(error)}`,
      { cause: error },
    );
  }
}

async function detectEncoding(file: FileHandle): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
  if (bytesRead === 2 && buffer[0] === 0xff && buffer[1] === 0xfe) return 'utf-16le';
  if (bytesRead === 2 && buffer[0] === 0xfe && buffer[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

/** `null` ends the stream: it fails if a character was left incomplete. */
function decode(decoder: TextDecoder, bytes: Uint8Array | null, path: string): string {
  let text: string;
  try {
    text = bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
  } catch (error) {
    throw new DatasetError(
      'encoding',
      `${path} is not valid ${decoder.encoding.toUpperCase()} text. Save it as UTF-8.`,
      { cause: error },
    );
  }
  if (text.includes('\0')) {
    throw new DatasetError(
      'encoding',
      `${path} is not a text file, or is UTF-16 without a byte order mark. Save it as UTF-8.`,
    );
  }
  return text;
}

function normaliseLineEndings(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}
