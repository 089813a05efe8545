import path from 'node:path';
import type { Services } from '../services.ts';
import { performTask, type AnswerTo, type RunnerOptions } from '../../runner/runnerClient.ts';
import type { RunnerTask } from '../../runner/runnerMessages.ts';

/** Has the measuring process do a task; what it writes goes to the log. Throws a RunnerError. */
export function askRunner<Task extends RunnerTask>(
  { context, log }: Services,
  task: Task,
  options: Omit<RunnerOptions, 'onOutput'> = {},
): Promise<AnswerTo<Task>> {
  const program = path.join(context.extensionPath, 'dist', 'runner.js');
  const onOutput = (text: string): void => {
    log.warn(`Measuring process: ${text.trimEnd()}`);
  };
  return performTask(program, task, { ...options, onOutput });
}
