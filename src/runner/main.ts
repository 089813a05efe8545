// Entry point of the measuring process: started with a channel, it takes one task and ends.
import { BenchError } from '../common/benchError.ts';
import { schemaProblem } from '../runfile/schemaProblem.ts';
import { describeDataset } from './describeDataset.ts';
import { inspectJournals } from './inspectJournals.ts';
import { LiveFeed } from './liveFeed.ts';
import { failed, performRun } from './performRun.ts';
import { readRunOutline } from './readRunOutline.ts';
import { recoverJournal } from './recoverJournal.ts';
import {
  toRunnerSchema,
  type FromRunner,
  type RunnerAnswer,
  type RunnerTask,
} from './runnerMessages.ts';

const interrupted = new AbortController();
const feed = new LiveFeed(post);
let isBusy = false;

function interrupt(): void {
  interrupted.abort();
}

/** Nobody listens any more once the window is closed; the run is saved all the same. */
function post(message: FromRunner): void {
  if (process.connected) process.send?.(message);
}

function receive(message: unknown): void {
  const parsed = toRunnerSchema.safeParse(message);
  if (!parsed.success) {
    const problem = schemaProblem(parsed.error);
    answer(failed(new BenchError('message_invalid', `Not a task: ${problem}.`), []));
  } else if (parsed.data.type === 'cancel') {
    const { because } = parsed.data;
    if (because === null) interrupt();
    else interrupted.abort(new BenchError(because.reason, because.message));
  } else if (parsed.data.type === 'watch') {
    feed.watch(parsed.data.on);
  } else if (!isBusy) {
    isBusy = true;
    void perform(parsed.data).then(answer);
  }
}

async function perform(task: RunnerTask): Promise<RunnerAnswer> {
  try {
    switch (task.type) {
      case 'run':
        return await performRun(task, { signal: interrupted.signal, post, feed });
      case 'describe':
        return await describeDataset(task.dataset);
      case 'readPlan': {
        const { plan, title } = await readRunOutline(task.file);
        return { type: 'plan', plan, title };
      }
      case 'inspect':
        return await inspectJournals(task.journals);
      case 'recover':
        return await recoverJournal(task.journal);
    }
  } catch (error) {
    return failed(error, []);
  }
}

/** Ends the process once the answer is on its way. */
function answer(message: RunnerAnswer): void {
  if (!process.connected) process.exit();
  process.send?.(message, undefined, undefined, () => {
    process.exit();
  });
}

function main(): void {
  if (!process.send) {
    process.stderr.write('This program is started by RTBench. Use "rtbench" instead.\n');
    process.exitCode = 2;
    return;
  }
  process.on('message', receive);
  process.on('disconnect', () => {
    if (isBusy) interrupt();
    else process.exit();
  });
  process.on('SIGTERM', interrupt);
  process.on('SIGINT', interrupt);
  // When the window is gone, so is the reader of this stream.
  process.stderr.on('error', () => undefined);
}

main();
