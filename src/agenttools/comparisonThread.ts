import { Worker } from 'node:worker_threads';
import { BenchError, errorText } from '../common/benchError.ts';
import type { ComparisonAnswer, ComparisonTask } from './comparisonMessages.ts';

/**
 * The report of a comparison. Made on a thread of its own: it takes seconds, in which others must be
 * heard, among them whoever stops it.
 *
 * @param program path of the bundle of `comparisonWorker.ts`
 * @throws BenchError for a run that cannot be read, and at once when `signal` is aborted
 */
export async function compareOnThread(
  program: string,
  task: ComparisonTask,
  signal: AbortSignal,
): Promise<string> {
  if (signal.aborted) throw stopped();
  const worker = new Worker(program, { workerData: task });
  try {
    const answer = await answerOf(worker, signal);
    if ('text' in answer) return answer.text;
    throw new BenchError(answer.reason, answer.message);
  } finally {
    // Also in the middle of a calculation, which no message would reach.
    await worker.terminate();
  }
}

function answerOf(worker: Worker, signal: AbortSignal): Promise<ComparisonAnswer> {
  return new Promise((resolve, reject) => {
    signal.addEventListener(
      'abort',
      () => {
        reject(stopped());
      },
      { once: true },
    );
    worker.once('message', resolve);
    worker.once('error', (error) => {
      const message = `The runs could not be compared: ${errorText(error)}.`;
      reject(new BenchError('comparison_failed', message, { cause: error }));
    });
  });
}

function stopped(): BenchError {
  return new BenchError('cancelled', 'The comparison was stopped.');
}
