import type { Run } from '../../src/runfile/run.ts';
import { reportRun } from '../../src/runfile/runReport.ts';
import { runFileText } from '../../src/runfile/writeRunFile.ts';
import { exampleRun } from './exampleRun.ts';

/** The text of a run file in `/data/results`, as RTBench writes it. */
export function exampleRunText(overrides: Partial<Run> = {}): string {
  return [...runFileText(reportRun(exampleRun(overrides)), '/data/results')].join('');
}
