import { access, rm } from 'node:fs/promises';
import type { Run } from '../runfile/run.ts';
import { runFilePath } from '../runfile/runFileName.ts';
import { recoverRun } from '../runfile/runJournal.ts';
import { writeRunFile } from '../runfile/writeRunFile.ts';
import { readRunOutline } from './readRunOutline.ts';
import type { RunnerAnswer } from './runnerMessages.ts';

/**
 * Makes the run file of a journal and deletes the journal. Another run's file is never replaced.
 * Throws a BenchError when it is not a journal or the run file cannot be written.
 */
export async function recoverJournal(journal: string): Promise<RunnerAnswer> {
  const run = await recoverRun(journal);
  const file = await target(journal, run);
  await writeRunFile(file, run);
  await rm(journal);
  const { plannedSessions } = run.info;
  return { type: 'recovered', file, sessions: run.sessions.length, plannedSessions };
}

/** The run's own file, also where it was written already and only the journal was left. */
async function target(journal: string, { info }: Run): Promise<string> {
  const file = runFilePath(journal);
  if (!(await exists(file))) return file;
  const existing = await readRunOutline(file).catch(() => null);
  if (existing?.id === info.id) return file;
  return file.replace(/\.rtbench\.json$/, `-${info.id}.rtbench.json`);
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
