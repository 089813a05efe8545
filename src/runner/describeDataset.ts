import { measureSpeech } from '../bench/measureSpeech.ts';
import { loadDataset } from '../dataset/loadDataset.ts';
import type { DatasetProblem } from '../dataset/utterance.ts';
import type { RunnerAnswer } from './runnerMessages.ts';

/** Someone waits for the answer before a run can start. */
const budgetMs = 2000;
const mostProblems = 3;

/** What a dataset holds. Throws a BenchError when it is none. */
export async function describeDataset(path: string): Promise<RunnerAnswer> {
  const { utterances, problems } = await loadDataset(path);
  const amount = await measureSpeech(utterances, budgetMs);
  return {
    type: 'described',
    utterances: utterances.length,
    ...amount,
    problems: problemTexts(problems),
  };
}

function problemTexts(problems: readonly DatasetProblem[]): string[] {
  const shown = problems.slice(0, mostProblems).map(({ file, line, message }) => {
    const place = line === null ? file : `${file}:${line}`;
    return `${place}: ${message}`;
  });
  const more = problems.length - shown.length;
  return more > 0 ? [...shown, `${more} more`] : shown;
}
