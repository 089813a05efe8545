import { BenchError, errorText } from '../common/benchError.ts';
import { readJournalLines } from '../runfile/journal.ts';
import { journalHeadSchema } from '../runfile/runSchema.ts';
import { schemaProblem } from '../runfile/schemaProblem.ts';
import { processLives } from './processLives.ts';
import type { JournalState, RunnerAnswer } from './runnerMessages.ts';

/** What the journals hold, and whether somebody still writes them. */
export async function inspectJournals(files: readonly string[]): Promise<RunnerAnswer> {
  const journals: JournalState[] = [];
  const problems: string[] = [];
  for (const file of files) {
    try {
      journals.push(await inspect(file));
    } catch (error) {
      problems.push(errorText(error));
    }
  }
  return { type: 'inspected', journals, problems };
}

async function inspect(journal: string): Promise<JournalState> {
  const [first, ...sessions] = await readJournalLines(journal);
  const head = journalHeadSchema.safeParse(first);
  if (!head.success) {
    const problem = schemaProblem(head.error);
    throw new BenchError('journal_invalid', `${journal} is not a journal: ${problem}.`);
  }
  const { processId, run } = head.data;
  return {
    journal,
    title: run.title,
    sessions: sessions.length,
    plannedSessions: run.plannedSessions,
    live: await processLives(processId, Date.parse(run.startedAt)),
  };
}
