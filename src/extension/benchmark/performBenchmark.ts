import path from 'node:path';
import * as vscode from 'vscode';
import { BenchError, errorText } from '../../common/benchError.ts';
import type { Plan } from '../../plan/plan.ts';
import { runFileName } from '../../runner/runName.ts';
import { RunnerError } from '../../runner/runnerError.ts';
import { reportError } from '../reportError.ts';
import { openRun } from '../runEditor/openRun.ts';
import type { Services } from '../services.ts';
import { tell } from '../tell.ts';
import { measureBenchmark, type MeasuredBenchmark } from './measureBenchmark.ts';
import { recoverJournals } from './recovery.ts';

export interface Benchmark {
  plan: Plan;
  title: string;
  /** Absolute path of the folder for the run file. */
  folder: string;
}

/** Runs a benchmark before the user's eyes and opens its run file, however much is in it. */
export async function performBenchmark(
  services: Services,
  { plan, title, folder }: Benchmark,
  stop: AbortController,
): Promise<void> {
  const file = path.join(folder, runFileName(title, new Date()));
  try {
    const measured = await measureBenchmark(services, { plan, title, file }, stop);
    await showFinished({ ...measured, plan, title });
  } catch (error) {
    await showBroken(services, error);
  }
}

interface RunToShow extends MeasuredBenchmark {
  plan: Plan;
  title: string;
}

/** A run that went well speaks for itself; what the user has to act on is said. */
async function showFinished(run: RunToShow): Promise<void> {
  const { finished, title, tally, wasWatched } = run;
  if (wasWatched) void offerRun(`${title} has ended.`, vscode.Uri.file(finished.file));
  else await openRun(vscode.Uri.file(finished.file));
  if (finished.cancelled) {
    void tell.information(
      `Stopped after ${finished.sessions} of ${tally.total} sessions. What was measured is saved.`,
    );
  } else if (finished.failed > 0) {
    void showFailures(run);
  }
}

async function offerRun(message: string, run: vscode.Uri): Promise<void> {
  const open = 'Open Run';
  const chosen = await tell.information(message, open);
  if (chosen === open) await openRun(run);
}

async function showFailures({ finished, plan, tally }: RunToShow): Promise<void> {
  const failure = tally.firstFailure;
  const first = failure ? ` The first: ${failure.message}` : '';
  const setKey = 'Set API Key…';
  // HTTP's codes for a key that is missing or wrong.
  const needsKey =
    failure?.reason !== 'proxy_failed' && ['401', '403'].includes(failure?.code ?? '');
  const names = tally.failedEndpoints;
  const where =
    plan.endpoints.length > 1 ? ` at ${names.map((name) => `"${name}"`).join(', ')}` : '';
  const chosen = await tell.warning(
    `${finished.failed} of ${finished.sessions} sessions failed${where}.${first}`,
    ...(needsKey ? [setKey] : []),
  );
  const endpoint = { name: names[0] };
  if (chosen === setKey) await vscode.commands.executeCommand('rtbench.setApiKey', { endpoint });
}

/** What was measured before something broke is opened, or offered to be recovered. */
export async function showBroken(services: Services, error: unknown): Promise<void> {
  if (error instanceof RunnerError && error.reason === 'cancelled') {
    services.log.info(error.message);
    return;
  }
  if (error instanceof RunnerError && error.journal !== null) {
    services.log.error(error.message);
    const recover = 'Recover';
    const chosen = await tell.error(errorText(error), recover);
    if (chosen === recover) await recoverJournals(services, [error.journal]);
    return;
  }
  if (error instanceof RunnerError && error.file !== null) {
    await openRun(vscode.Uri.file(error.file));
    const message = `${error.message} The sessions that ended before are saved.`;
    reportError(services.log, 'The benchmark broke off', new BenchError(error.reason, message));
    return;
  }
  reportError(services.log, 'The benchmark could not be run', error);
}
