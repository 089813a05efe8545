import path from 'node:path';
import * as vscode from 'vscode';
import { BenchError, errorText } from '../../common/benchError.ts';
import { redactUrl } from '../../common/redactUrl.ts';
import { embeddedUrl } from '../../plan/embeddedUrl.ts';
import type { Plan } from '../../plan/plan.ts';
import { journalPath } from '../../runfile/runFileName.ts';
import type { RunProgressMessage, RunTask } from '../../runner/runnerMessages.ts';
import { runFileName } from '../../runner/runName.ts';
import { reportError } from '../reportError.ts';
import { openRun } from '../runEditor/openRun.ts';
import type { Services } from '../services.ts';
import type { LiveRun } from './liveRuns.ts';
import { BenchmarkStatus } from './benchmarkStatus.ts';
import type { AnswerTo } from '../../runner/runnerClient.ts';
import { RunnerError, unsavedBecause } from '../../runner/runnerError.ts';
import { askRunner } from './runnerProgram.ts';
import { runTask, type RunRequest } from './runTask.ts';
import { RunTally } from './runTally.ts';
import { rememberJournal } from './knownJournals.ts';
import { recoverJournals } from './recovery.ts';
import { plainMessage } from '../plainMessage.ts';
import { tell } from '../tell.ts';

export interface Benchmark {
  plan: Plan;
  title: string;
  /** Absolute path of the folder for the run file. */
  folder: string;
}

type Finished = AnswerTo<RunTask>;

/** Runs a benchmark before the user's eyes and opens its run file, however much is in it. */
export async function performBenchmark(
  services: Services,
  { plan, title, folder }: Benchmark,
  stop: AbortController,
): Promise<void> {
  const { log } = services;
  const file = path.join(folder, runFileName(title, new Date()));
  await vscode.workspace.fs.createDirectory(vscode.Uri.file(folder));
  const request = { plan, title, file, live: false };
  await rememberJournal(services.context.globalState, journalPath(file));
  const live = services.live.begin(request);
  const tally = new RunTally(plan);
  log.info(`Benchmark "${title}" starts; its run file will be ${file}.`);
  logPlan(services, plan);
  try {
    const finished = await withProgress(services, { request, live, tally }, stop);
    const ended = finished.cancelled ? 'was stopped' : 'ended';
    log.info(`Benchmark "${title}" ${ended}: ${tally.text()}.`);
    for (const warning of finished.warnings) log.warn(warning);
    const wasWatched = live.isWatched;
    live.end(null);
    await showFinished(finished, { plan, title, tally, wasWatched });
  } catch (error) {
    live.end(unsavedBecause(error));
    await showBroken(services, error, file);
  }
}

/** A run under way. */
interface RunUnderWay {
  request: RunRequest;
  live: LiveRun;
  tally: RunTally;
}

function withProgress(
  services: Services,
  { request, live, tally }: RunUnderWay,
  stop: AbortController,
): Promise<Finished> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: `${plainMessage(request.title)} ([watch](command:rtbench.watchBenchmark))`,
    cancellable: true,
  };
  const progress = vscode.window.withProgress(options, async (view, token) => {
    token.onCancellationRequested(() => {
      stop.abort();
    });
    let reported = 0;
    const status = new BenchmarkStatus(tally, (message) => {
      const percent = tally.total === 0 ? 0 : (100 * tally.done) / tally.total;
      view.report({ message: plainMessage(message), increment: percent - reported });
      reported = percent;
    });
    const onProgress = (message: RunProgressMessage): void => {
      if (message.type === 'trace') live.report(message);
      tally.add(message);
      logProgress(services, message);
    };
    let embedded: vscode.Disposable | undefined;
    try {
      const task = await runTask(services, request, stop.signal);
      embedded = stopWithEmbedded(services, request.plan, stop);
      return await askRunner(services, task, { signal: stop.signal, onProgress, watch: live });
    } finally {
      embedded?.dispose();
      status.dispose();
    }
  });
  return Promise.resolve(progress);
}

/** Where nothing but the embedded endpoint is measured, a run is over when that ends. */
function stopWithEmbedded(
  { embedded }: Services,
  { endpoints }: Plan,
  stop: AbortController,
): vscode.Disposable | undefined {
  if (endpoints.some(({ url }) => url !== embeddedUrl)) return undefined;
  return embedded.onDidChange(() => {
    if (embedded.running() !== null) return;
    const message = 'The embedded endpoint ended while it was measured.';
    stop.abort(new BenchError('endpoint_ended', message));
  });
}

function logPlan({ log }: Services, { endpoints, dataset, pacing, load }: Plan): void {
  for (const { id, url, dialect, model } of endpoints) {
    log.debug(`Endpoint "${id}": ${redactUrl(url)}, ${dialect}, model ${model ?? 'not chosen'}`);
  }
  const { mode, speed, chunkMs } = pacing;
  const pace = `${mode} at ${speed}×, chunks of ${chunkMs} ms, ${load.sessions} at once`;
  log.debug(`Dataset: ${dataset.path}; ${pace}`);
}

function logProgress({ log }: Services, message: RunProgressMessage): void {
  if (message.type === 'sessionStarted') {
    log.trace(`${message.utteranceId} at ${message.endpointId}: starts`);
  }
  if (message.type !== 'sessionEnded') return;
  const { endpointId, utteranceId, ttftMs, failure } = message;
  const session = `${utteranceId} at ${endpointId}`;
  if (failure?.reason === 'cancelled') log.debug(`${session}: cancelled`);
  else if (failure) log.warn(`${session}: ${failure.reason}: ${failure.message}`);
  else log.debug(`${session}: TTFT ${ttftMs === null ? 'none' : `${Math.round(ttftMs)} ms`}`);
}

interface RunToShow {
  plan: Plan;
  title: string;
  tally: RunTally;
  /** On the timeline, which goes on showing what was seen. */
  wasWatched: boolean;
}

/** A run that went well speaks for itself; what the user has to act on is said. */
async function showFinished(
  finished: Finished,
  { plan, title, tally, wasWatched }: RunToShow,
): Promise<void> {
  if (wasWatched) void offerRun(`${title} has ended.`, vscode.Uri.file(finished.file));
  else await openRun(vscode.Uri.file(finished.file));
  if (finished.cancelled) {
    void tell.information(
      `Stopped after ${finished.sessions} of ${tally.total} sessions. What was measured is saved.`,
    );
  } else if (finished.failed > 0) {
    void showFailures(finished, plan, tally);
  }
}

async function offerRun(message: string, run: vscode.Uri): Promise<void> {
  const open = 'Open Run';
  const chosen = await tell.information(message, open);
  if (chosen === open) await openRun(run);
}

async function showFailures(finished: Finished, plan: Plan, tally: RunTally): Promise<void> {
  const failure = tally.firstFailure;
  const first = failure ? ` The first: ${failure.message}` : '';
  const setKey = 'Set API Key…';
  // HTTP's codes for a key that is missing or wrong.
  const needsKey = failure?.code === '401' || failure?.code === '403';
  const chosen = await tell.warning(
    `${finished.failed} of ${finished.sessions} sessions failed.${first}`,
    ...(needsKey ? [setKey] : []),
  );
  const [endpoint, ...others] = plan.endpoints;
  const argument =
    others.length === 0 && endpoint ? { endpoint: { name: endpoint.id } } : undefined;
  if (chosen === setKey) await vscode.commands.executeCommand('rtbench.setApiKey', argument);
}

/** What was measured before something broke is opened, or offered to be recovered. */
async function showBroken(services: Services, error: unknown, file: string): Promise<void> {
  if (error instanceof RunnerError && error.reason === 'cancelled') {
    services.log.info(error.message);
    return;
  }
  if (error instanceof RunnerError && error.reason === 'runner_ended') {
    services.log.error(error.message);
    const recover = 'Recover';
    const chosen = await tell.error(errorText(error), recover);
    if (chosen === recover) await recoverJournals(services, [journalPath(file)]);
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
