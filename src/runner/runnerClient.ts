import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { BenchError } from '../common/benchError.ts';
import { journalPath } from '../runfile/runFileName.ts';
import {
  fromRunnerSchema,
  type AnswerTypes,
  type FromRunner,
  type RunnerAnswer,
  type RunnerTask,
  type RunProgressMessage,
  type ToRunner,
} from './runnerMessages.ts';
import { RunnerError } from './runnerError.ts';

export interface RunnerOptions {
  /**
   * Stops a run, which keeps what has finished, and has failed where the signal's reason is a
   * BenchError; gives up any other task.
   */
  signal?: AbortSignal;
  onProgress?: (message: RunProgressMessage) => void;
  /** What the process writes to its standard error, line by line or in parts. */
  onOutput?: (text: string) => void;
  /** Says when the traces of a run's sessions are wanted as they grow. */
  watch?: WatchSwitch;
}

/** Whether somebody watches, and when that changes. As an EventEmitter of VS Code's has it. */
export interface WatchSwitch {
  readonly isWatched: boolean;
  onWatch(listener: (on: boolean) => void): { dispose(): void };
}

export type AnswerTo<Task extends RunnerTask> = Extract<
  RunnerAnswer,
  { type: AnswerTypes[Task['type']] }
>;

/** A stopped run closes its connections and writes its file within seconds. */
const stopTimeoutMs = 20_000;
const outputTailCharacters = 2000;

/**
 * Has a process of its own do a task and waits for its answer.
 *
 * @param program the measuring process's bundle
 * @throws RunnerError with the reason of the process, `runner_ended` when it ended without an
 * answer, or `runner_not_started`
 */
export async function performTask<Task extends RunnerTask>(
  program: string,
  task: Task,
  options: RunnerOptions = {},
): Promise<AnswerTo<Task>> {
  const child = start(program);
  const stopStopping = stopOnAbort(child, task, options.signal);
  const watching = options.watch?.onWatch((on) => {
    send(child, { type: 'watch', on });
  });
  try {
    const answer = await answerOf(child, task, options);
    if (answer.type === 'failed') {
      throw new RunnerError(answer.reason, answer.message, { file: answer.file });
    }
    return answer as AnswerTo<Task>;
  } finally {
    stopStopping();
    watching?.dispose();
  }
}

function start(program: string): ChildProcess {
  return fork(program, [], {
    // Options of the extension host, such as a debugger's port, are not for this process.
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // In VS Code `execPath` may be Electron, which this makes behave as Node.
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
}

function send(child: ChildProcess, message: ToRunner): void {
  if (!child.connected) return;
  child.send(message, () => {
    // A process that is gone is reported by its exit.
  });
}

function answerOf(
  child: ChildProcess,
  task: RunnerTask,
  { onProgress, onOutput, watch }: RunnerOptions,
): Promise<RunnerAnswer> {
  return new Promise((resolve, reject) => {
    let output = '';
    let journal: string | null = null;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-outputTailCharacters);
      onOutput?.(text);
    });
    child.on('message', (received) => {
      const message = fromRunnerSchema.safeParse(received);
      if (!message.success) {
        child.kill('SIGKILL');
        reject(new RunnerError('runner_invalid', 'The measuring process is not of this version.'));
      } else if (isProgress(message.data)) {
        if (message.data.type === 'named') journal = journalPath(message.data.file);
        onProgress?.(message.data);
      } else {
        resolve(message.data);
      }
    });
    child.on('error', ({ message }) => {
      const text = `The measuring process could not be started: ${message}`;
      reject(new RunnerError('runner_not_started', text));
    });
    // After both, no message and no output can follow.
    void Promise.all([once(child, 'close'), once(child, 'disconnect')]).then(() => {
      const how = child.signalCode ?? `exit code ${child.exitCode ?? 'unknown'}`;
      reject(endedEarly(journal, how, output));
    }, reject);
    send(child, task);
    if (watch?.isWatched === true) send(child, { type: 'watch', on: true });
  });
}

const answerTypes: ReadonlySet<string> = new Set<RunnerAnswer['type']>([
  'finished',
  'described',
  'plan',
  'inspected',
  'recovered',
  'failed',
]);

function isProgress(message: FromRunner): message is RunProgressMessage {
  return !answerTypes.has(message.type);
}

function endedEarly(journal: string | null, how: string, output: string): RunnerError {
  const kept = journal === null ? '' : ` What had finished is kept in ${journal}.`;
  const said = output.trim() === '' ? '' : ` It wrote: ${output.trim()}`;
  const message = `The measuring process ended unexpectedly (${how}).${kept}${said}`;
  return new RunnerError('runner_ended', message, { journal });
}

/** Null where the user wished it, which is any other reason than an error of RTBench. */
function becauseOf(signal?: AbortSignal): { reason: string; message: string } | null {
  const why: unknown = signal?.reason;
  return why instanceof BenchError ? { reason: String(why.reason), message: why.message } : null;
}

/** Returns what ends the watch. */
function stopOnAbort(child: ChildProcess, task: RunnerTask, signal?: AbortSignal): () => void {
  let timer: NodeJS.Timeout | undefined;
  const stop = (): void => {
    if (task.type === 'run') send(child, { type: 'cancel', because: becauseOf(signal) });
    else child.kill('SIGKILL');
    timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs);
  };
  if (signal?.aborted) stop();
  else signal?.addEventListener('abort', stop, { once: true });
  return () => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  };
}
