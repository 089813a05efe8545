import path from 'node:path';
import * as vscode from 'vscode';
import { BenchError } from '../../common/benchError.ts';
import { redactUrl } from '../../common/redactUrl.ts';
import { embeddedUrl } from '../../plan/embeddedUrl.ts';
import { loadText } from '../../plan/loadText.ts';
import type { Plan } from '../../plan/plan.ts';
import { journalPath } from '../../runfile/runFileName.ts';
import type { AnswerTo } from '../../runner/runnerClient.ts';
import { requireFolder } from '../../runner/requireFolder.ts';
import { unsavedBecause } from '../../runner/runnerError.ts';
import type { RunProgressMessage, RunTask } from '../../runner/runnerMessages.ts';
import { plainMessage } from '../plainMessage.ts';
import type { Services } from '../services.ts';
import { BenchmarkStatus } from './benchmarkStatus.ts';
import { rememberJournal } from './knownJournals.ts';
import type { LiveRun } from './liveRuns.ts';
import { askRunner } from './runnerProgram.ts';
import { runTask, type RunRequest } from './runTask.ts';
import { RunTally } from './runTally.ts';

type Finished = AnswerTo<RunTask>;

export interface MeasuredBenchmark {
  finished: Finished;
  tally: RunTally;
  /** On the timeline, which goes on showing what was seen. */
  wasWatched: boolean;
}

/**
 * Runs a plan with its progress in a notification and saves it; `onTally` is told how it goes.
 * Throws a BenchError where nothing can be saved, and a RunnerError where nothing was saved, or
 * where the run broke off.
 */
export async function measureBenchmark(
  services: Services,
  asked: Omit<RunRequest, 'live'>,
  stop: AbortController,
  onTally: (tally: RunTally) => void = () => undefined,
): Promise<MeasuredBenchmark> {
  const { log } = services;
  const { plan, title, file } = asked;
  const folder = path.dirname(file);
  await requireFolder(folder);
  await vscode.workspace.fs.createDirectory(vscode.Uri.file(folder));
  const request = { ...asked, live: false };
  await rememberJournal(services.context.globalState, journalPath(file));
  const live = services.live.begin(request);
  const tally = new RunTally(plan);
  log.info(`Benchmark "${title}" starts; its run file will be ${file}.`);
  logPlan(services, plan);
  try {
    const finished = await withProgress(services, { request, live, tally, onTally }, stop);
    const ended = finished.cancelled ? 'was stopped' : 'ended';
    log.info(`Benchmark "${title}" ${ended}: ${tally.text()}.`);
    for (const warning of finished.warnings) log.warn(warning);
    const wasWatched = live.isWatched;
    live.end(null);
    return { finished, tally, wasWatched };
  } catch (error) {
    live.end(unsavedBecause(error));
    throw error;
  }
}

/** A run under way. */
interface RunUnderWay {
  request: RunRequest;
  live: LiveRun;
  tally: RunTally;
  onTally: (tally: RunTally) => void;
}

function withProgress(
  services: Services,
  { request, live, tally, onTally }: RunUnderWay,
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
    const takeName = (file: string): void => {
      services.log.info(`The name is taken: the run file will be ${file}.`);
      live.uri = vscode.Uri.file(file);
      void rememberJournal(services.context.globalState, journalPath(file));
    };
    let reported = 0;
    const status = new BenchmarkStatus(tally, (message) => {
      const percent = tally.total === 0 ? 0 : (100 * tally.done) / tally.total;
      view.report({ message: plainMessage(message), increment: percent - reported });
      reported = percent;
    });
    const onProgress = (message: RunProgressMessage): void => {
      if (message.type === 'trace') live.report(message);
      if (message.type === 'named' && message.file !== request.file) takeName(message.file);
      tally.add(message);
      onTally(tally);
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
  const pace = `${mode} at ${speed}×, chunks of ${chunkMs} ms, ${loadText(load)}`;
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
