// A thread of its own: see comparisonThread.ts. It compares once, and ends.
import { parentPort, workerData } from 'node:worker_threads';
import { BenchError } from '../common/benchError.ts';
import { compareRuns } from '../comparison/compareRuns.ts';
import { parseRunFile, readRunFile } from '../runfile/readRunFile.ts';
import type { RunReport } from '../runfile/runReport.ts';
import type { ComparedFile, ComparisonAnswer, ComparisonTask } from './comparisonMessages.ts';
import { comparisonText } from './comparisonText.ts';
import { plainText } from './plainText.ts';

const longestProblem = 600;

async function compare({ files, noise }: ComparisonTask): Promise<ComparisonAnswer> {
  try {
    const reports: RunReport[] = [];
    for (const file of files) reports.push(await readRun(file));
    return { text: comparisonText(compareRuns(reports, { noise })) };
  } catch (error) {
    // Everything else is a defect, of which the thread breaks.
    if (!(error instanceof BenchError)) throw error;
    return { reason: String(error.reason), message: error.message };
  }
}

async function readRun({ label, file, bytes }: ComparedFile): Promise<RunReport> {
  try {
    return bytes ? parseRunFile(new TextDecoder().decode(bytes), file) : await readRunFile(file);
  } catch (error) {
    if (!(error instanceof BenchError)) throw error;
    const message = plainText(error.message.replaceAll(file, label), longestProblem);
    throw new BenchError(String(error.reason), message, { cause: error });
  }
}

void compare(workerData as ComparisonTask).then((answer) => {
  parentPort?.postMessage(answer);
});
