import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { BenchError, errorText } from '../../common/benchError.ts';
import { parseRunFile } from '../../runfile/readRunFile.ts';
import type { RunReport } from '../../runfile/runReport.ts';
import type { ReadRunSource, RunSource } from './compareReaderMessages.ts';

type Figures = 'recomputed' | 'stored';

interface Kept {
  /** Of the contents it was read from. */
  mark: string;
  read: ReadRunSource;
}

/** Reads runs, and those that did not change only once. */
export class RunCache {
  readonly #figures: Figures;
  readonly #kept = new Map<string, Kept>();
  /** Files whose figures were found not to be those of their traces. */
  readonly #distrusted = new Set<string>();

  /** @param figures whether those of the file are taken, for the time being */
  constructor(figures: Figures = 'recomputed') {
    this.#figures = figures;
  }

  async read(source: RunSource): Promise<ReadRunSource> {
    const { uri, problem } = source;
    const mark = problem === null ? await markOf(source) : { report: null, problem };
    if (typeof mark !== 'string') {
      this.#kept.delete(uri);
      return mark;
    }
    const kept = this.#kept.get(uri);
    if (kept?.mark === mark) return kept.read;
    const read = await parseSource(source, this.trusts(uri) ? 'stored' : 'recomputed');
    this.#kept.set(uri, { mark, read });
    return read;
  }

  /** Whether the figures of this file are taken as they are. */
  trusts(uri: string): boolean {
    return this.#figures === 'stored' && !this.#distrusted.has(uri);
  }

  /** From now on the figures of this file are computed from its traces. */
  distrust(uri: string): void {
    this.#distrusted.add(uri);
    this.#kept.delete(uri);
  }

  /** Forgets all other runs. */
  keep(uris: ReadonlySet<string>): void {
    for (const uri of this.#kept.keys()) if (!uris.has(uri)) this.#kept.delete(uri);
  }
}

/** Tells contents apart: by their hash, or by what the disk says of the file. */
async function markOf(source: RunSource): Promise<string | ReadRunSource> {
  const { file, bytes } = source;
  if (bytes) return createHash('sha256').update(bytes).digest('hex');
  try {
    const { mtimeMs, ctimeMs, size } = await stat(file);
    return `${mtimeMs} ${ctimeMs} ${size}`;
  } catch (error) {
    return unreadable(source, error);
  }
}

/** Reads and checks a run file. What is wrong with it is said, not thrown. */
export async function parseSource(source: RunSource, figures: Figures): Promise<ReadRunSource> {
  const { file, label, bytes } = source;
  let content: Uint8Array;
  try {
    content = bytes ?? (await readFile(file));
  } catch (error) {
    return unreadable(source, error);
  }
  try {
    const report = parseRunFile(new TextDecoder().decode(content), file, figures);
    return { report: withoutColumns(report), problem: null };
  } catch (error) {
    if (!(error instanceof BenchError)) throw error;
    const problem: string = error.message.replaceAll(file, label);
    return { report: null, problem };
  }
}

/** Traces are in the run itself; as files keep them, they would only be carried along. */
function withoutColumns(report: RunReport): RunReport {
  const sessions = report.sessions.map((session) => ({ ...session, trace: null }));
  return { ...report, sessions };
}

/** The system's error, of reading alone. */
function unreadable({ label }: RunSource, error: unknown): ReadRunSource {
  const isGone = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  const problem = isGone
    ? `${label} is not there any more. Restore it, or remove it from the comparison.`
    : `${label} cannot be read: ${errorText(error)}`;
  return { report: null, problem };
}
