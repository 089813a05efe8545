import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { BenchError, errorText } from '../../common/benchError.ts';
import { parseRunFile } from '../../runfile/readRunFile.ts';
import type { RunReport } from '../../runfile/runReport.ts';
import type { ReadRunSource, RunSource } from './compareReaderMessages.ts';

interface Kept {
  /** Of the contents it was read from. */
  mark: string;
  read: ReadRunSource;
}

type Parse = (source: RunSource) => Promise<ReadRunSource>;

/** Reads runs, and those that did not change only once. */
export class RunCache {
  readonly #kept = new Map<string, Kept>();

  /** @param parse reads one that is not kept */
  async read(source: RunSource, parse: Parse = parseSource): Promise<ReadRunSource> {
    const { uri, problem } = source;
    const mark = problem === null ? await markOf(source) : { report: null, problem };
    if (typeof mark !== 'string') {
      this.#kept.delete(uri);
      return mark;
    }
    const kept = this.#kept.get(uri);
    if (kept?.mark === mark) return kept.read;
    const read = await parse(source);
    this.#kept.set(uri, { mark, read });
    return read;
  }

  /** Those that {@link read} would have to parse. */
  async unread(sources: readonly RunSource[]): Promise<RunSource[]> {
    const unread: RunSource[] = [];
    for (const source of sources) {
      const mark = source.problem === null ? await markOf(source) : null;
      if (typeof mark === 'string' && this.#kept.get(source.uri)?.mark !== mark) {
        unread.push(source);
      }
    }
    return unread;
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
export async function parseSource(source: RunSource): Promise<ReadRunSource> {
  const { file, label, bytes } = source;
  let content: Uint8Array;
  try {
    content = bytes ?? (await readFile(file));
  } catch (error) {
    return unreadable(source, error);
  }
  try {
    const report = parseRunFile(new TextDecoder().decode(content), file);
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
