import { BenchError } from '../common/benchError.ts';

/** Beyond this a file that is not laid out by lines is not read: it would stall the window. */
const longestUnknownLayout = 2_000_000;

const utterancesStart = /^(\s*)"utterances": ?\[\s*$/;
const sessionsStart = /^\s*"sessions": ?\[/;

/**
 * Takes a run file's text piece by piece and keeps only what stands before its sessions, without
 * the utterances: a few kilobytes of a file of any size. RTBench writes one line per entry.
 */
export class RunHeadText {
  #kept: string[] = [];
  #keptCharacters = 0;
  #rest = '';
  /** Indentation of the utterances' opening line while they are skipped. */
  #skippingAt: string | null = null;
  #found = false;

  /** True when no more text is needed. */
  push(text: string): boolean {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      if (this.#found) break;
      this.#take(line);
    }
    this.#refuseUnknownLayout();
    return this.#found;
  }

  /**
   * JSON of the run without its utterances and sessions.
   * @throws BenchError `run_invalid` where the text is not JSON of a readable size.
   */
  finish(): unknown {
    if (!this.#found) this.#keep(this.#rest);
    const text = this.#kept.join('\n');
    try {
      return JSON.parse(this.#found ? `${text}\n"sessions": []}` : text) as unknown;
    } catch (error) {
      throw new BenchError('run_invalid', 'The file is not JSON, or is cut off.', { cause: error });
    }
  }

  #take(line: string): void {
    if (this.#skippingAt !== null) {
      const end = `${this.#skippingAt}]`;
      if (line.startsWith(end)) {
        this.#keep(line);
        this.#skippingAt = null;
      }
      return;
    }
    if (sessionsStart.test(line)) {
      this.#found = true;
      return;
    }
    this.#keep(line);
    this.#skippingAt = utterancesStart.exec(line)?.[1] ?? null;
  }

  #keep(line: string): void {
    this.#kept.push(line);
    this.#keptCharacters += line.length;
  }

  #refuseUnknownLayout(): void {
    if (this.#found || this.#keptCharacters + this.#rest.length <= longestUnknownLayout) return;
    throw new BenchError(
      'run_invalid',
      'The file is not laid out as RTBench writes it and is too large to list; open it to see it.',
    );
  }
}
