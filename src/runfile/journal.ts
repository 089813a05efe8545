import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { BenchError, errorText } from '../common/benchError.ts';

/**
 * The journal: one JSON document per line. The first line describes the run, every further
 * one is a finished session, in the same form as in the run file. A line is complete when
 * its line feed is there, so a process that is killed loses only the line being written.
 */
export class JournalWriter {
  readonly path: string;
  readonly #file: FileHandle;
  #lastWrite: Promise<void>;

  private constructor(path: string, file: FileHandle) {
    this.path = path;
    this.#file = file;
    this.#lastWrite = Promise.resolve();
  }

  /**
   * Creates the journal and writes its head.
   * Throws a BenchError when the file is there already: it may hold results nobody saved.
   */
  static async create(path: string, head: object): Promise<JournalWriter> {
    const writer = new JournalWriter(path, await createFile(path));
    await writer.append(head);
    return writer;
  }

  /** Appends a line; resolves when it is on disk. Concurrent calls are written in turn. */
  append(line: object): Promise<void> {
    const text = `${JSON.stringify(line)}\n`;
    this.#lastWrite = this.#lastWrite.then(async () => {
      await this.#file.appendFile(text);
      await this.#file.datasync();
    });
    return this.#lastWrite;
  }

  async close(): Promise<void> {
    await this.#lastWrite.catch(() => undefined);
    await this.#file.close();
  }
}

async function createFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw new BenchError('journal_not_writable', `${path}: ${errorText(cause)}`, { cause });
    }
    throw new BenchError(
      'journal_exists',
      `${path} is there already: another run is writing it, or one was interrupted. ` +
        `Save its results with "rtbench recover ${path}", or delete it, and run again.`,
      { cause },
    );
  }
}

/**
 * The journal's lines, parsed. A last line cut short by a crash is left out; anything else
 * that is not JSON is an error that names the line.
 */
export async function readJournalLines(path: string): Promise<unknown[]> {
  const stream = createReadStream(path, 'utf8');
  const values: unknown[] = [];
  let broken: { line: number; cause: unknown } | null = null;
  let line = 0;
  for await (const text of createInterface({ input: stream, crlfDelay: Infinity })) {
    line += 1;
    if (broken) throw brokenLine(path, broken);
    try {
      values.push(JSON.parse(text));
    } catch (cause) {
      broken = { line, cause };
    }
  }
  return values;
}

function brokenLine(path: string, { line, cause }: { line: number; cause: unknown }): BenchError {
  return new BenchError(
    'journal_invalid',
    `${path}:${line}: not a journal line (${errorText(cause)}). ` +
      'If the file was edited, restore it; only its last line may be incomplete.',
  );
}
