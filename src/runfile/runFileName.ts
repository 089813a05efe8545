import { runFileEnding } from './runFileEnding.ts';

export const journalEnding = '.rtbench.journal';

/** The journal that belongs to a run file, and lies beside it while the run goes on. */
export function journalPath(runFile: string): string {
  const stem = runFile.endsWith(runFileEnding) ? runFile.slice(0, -runFileEnding.length) : runFile;
  return `${stem}${journalEnding}`;
}

/** The name of a run file that gives way to another: `demo-2.rtbench.json`. The first keeps its own. */
export function numberedRunFile(runFile: string, number: number): string {
  if (number === 1) return runFile;
  const stem = runFile.endsWith(runFileEnding) ? runFile.slice(0, -runFileEnding.length) : runFile;
  return `${stem}-${number}${runFileEnding}`;
}

/** The run file that a journal is made into. */
export function runFilePath(journal: string): string {
  const stem = journal.endsWith(journalEnding) ? journal.slice(0, -journalEnding.length) : journal;
  return `${stem}${runFileEnding}`;
}
