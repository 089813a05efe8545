import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type * as z from 'zod';
import { BenchError } from '../common/benchError.ts';
import { JournalWriter, readJournalLines } from './journal.ts';
import type { Run, RunSession } from './run.ts';
import { journalPath, numberedRunFile } from './runFileName.ts';
import { runHeadFromFile, runHeadToFile } from './runHead.ts';
import {
  journalHeadSchema,
  journalSessionSchema,
  runFileFormat,
  type FileJournalHead,
} from './runSchema.ts';
import { schemaProblem } from './schemaProblem.ts';
import { traceFromColumns, traceToColumns } from './traceColumns.ts';

/** Keeps the finished sessions of a run on disk until its run file is written. */
export class RunJournal {
  /** That it is kept for. */
  readonly runFile: string;
  readonly #writer: JournalWriter;

  private constructor(runFile: string, writer: JournalWriter) {
    this.runFile = runFile;
    this.#writer = writer;
  }

  /** Throws a BenchError when a journal is there already: it may hold results nobody saved. */
  static async create(runFile: string, run: Run): Promise<RunJournal> {
    const file = journalPath(runFile);
    const head: FileJournalHead = {
      journal: runFileFormat,
      processId: process.pid,
      ...runHeadToFile(run, path.dirname(file)),
    };
    return new RunJournal(runFile, await JournalWriter.create(file, head));
  }

  /**
   * As {@link create}, under the next name that is free where the run file or its journal is there
   * already. A name belongs to the process that makes its journal.
   */
  static async createFree(runFile: string, run: Run): Promise<RunJournal> {
    for (let number = 1; ; number++) {
      const journal = await createUnlessThere(numberedRunFile(runFile, number), run);
      if (!journal) continue;
      // Whoever had the name before has written its run file by the time its journal is gone.
      if (!existsSync(journal.runFile)) return journal;
      await journal.remove();
    }
  }

  append({ id, endpointId, utteranceId, repeat, trace }: RunSession): Promise<void> {
    const columns = traceToColumns(trace);
    return this.#writer.append({ id, endpointId, utteranceId, repeat, trace: columns });
  }

  async close(): Promise<void> {
    await this.#writer.close();
  }

  /** Closes and deletes the journal, once its run file is safe. */
  async remove(): Promise<void> {
    await this.close();
    await rm(this.#writer.path, { force: true });
  }
}

async function createUnlessThere(runFile: string, run: Run): Promise<RunJournal | null> {
  try {
    return await RunJournal.create(runFile, run);
  } catch (error) {
    if (error instanceof BenchError && error.reason === 'journal_exists') return null;
    throw error;
  }
}

/**
 * The run in a journal that a killed process left behind, marked as partial.
 * Throws a BenchError that names file, line and field when it is not a journal.
 */
export async function recoverRun(file: string): Promise<Run> {
  const [head, ...lines] = await readJournalLines(file);
  const parsedHead = parseLine(file, 1, journalHeadSchema, head);
  const { pacing } = parsedHead.plan;
  const sessions = lines.map((line, i): RunSession => {
    const { trace, ...session } = parseLine(file, i + 2, journalSessionSchema, line);
    return { ...session, trace: traceFromColumns(trace, pacing) };
  });
  const run = runHeadFromFile(parsedHead, path.dirname(file));
  const durationUs = Math.max(0, ...sessions.map(({ trace }) => lastEventUs(trace)));
  const complete = sessions.length === run.info.plannedSessions;
  return {
    ...run,
    info: {
      ...run.info,
      durationUs,
      completeness: complete ? 'complete' : 'partial',
      partialBecause: complete ? null : 'recovered',
    },
    sessions: sessions.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  };
}

function lastEventUs({ connection, received, failure }: RunSession['trace']): number {
  return Math.max(
    connection.startUs,
    connection.closeUs ?? 0,
    received.at(-1)?.atUs ?? 0,
    failure?.atUs ?? 0,
  );
}

function parseLine<Schema extends z.ZodType>(
  file: string,
  line: number,
  schema: Schema,
  value: unknown,
): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new BenchError(
    'journal_invalid',
    `${file}:${line}: not a line of a benchmark journal: ${schemaProblem(parsed.error)}.`,
  );
}
