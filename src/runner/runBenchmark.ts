import { randomUUID } from 'node:crypto';
import { AudioStore } from '../bench/audioStore.ts';
import type { BenchmarkObserver } from '../bench/benchmarkObserver.ts';
import { prepareUtterances } from '../bench/prepareUtterances.ts';
import { recordedStartsMs } from '../runfile/recordedStarts.ts';
import { runSessions } from '../bench/runSessions.ts';
import { planJobs, warmUpJobs, type SessionJob } from '../bench/sessionJob.ts';
import { BenchError } from '../common/benchError.ts';
import { monotonicClock } from '../common/clock.ts';
import { checkedProxy } from '../common/proxyAddress.ts';
import { redactUrl } from '../common/redactUrl.ts';
import { loadDataset } from '../dataset/loadDataset.ts';
import { selectUtterances } from '../dataset/selectUtterances.ts';
import type { Dataset } from '../dataset/utterance.ts';
import type { Plan } from '../plan/plan.ts';
import type { SeriesPlace } from '../plan/series.ts';
import { RunJournal } from '../runfile/runJournal.ts';
import type { RunReport } from '../runfile/runReport.ts';
import type { Run, RunInfo, RunSession, RunUtterance } from '../runfile/run.ts';
import { writeRunFile } from '../runfile/writeRunFile.ts';
import { checkPlan } from './checkPlan.ts';
import { describeEnvironment, watchClock } from './environment.ts';
import {
  closeEndpoints,
  openEndpoints,
  type OpenedEndpoint,
  type OpenOptions,
} from './openEndpoints.ts';
import { refuseReuse } from './refuseReuse.ts';

/** Its `proxy` is an address as the user gave it. */
export interface BenchmarkRequest extends OpenOptions {
  plan: Plan;
  title: string;
  /** Where the run file goes; the journal lies beside it while the benchmark runs. */
  file: string;
  /** Whether a run file may be replaced. Else the run gets the next free name where it is taken. */
  replace?: boolean;
  /** Told under which name the run is saved, before the first session. */
  named?: (file: string) => void;
  rtbenchVersion: string;
  /** The series of runs that this is one of; absent where it stands by itself. */
  series?: SeriesPlace;
  /** The program that asked for it; absent: the command line. */
  host?: string;
  observer: BenchmarkObserver;
}

/**
 * Runs a plan and writes its run file. On abort, or when a run breaks off, the sessions that
 * ended are written all the same and the run is marked partial.
 * Throws a BenchError when the plan cannot be run at all, and an AbortError when it was aborted
 * before the first session; nothing is written then. An abort whose reason is a BenchError breaks
 * the run off: that error is thrown after the run is written.
 */
export async function runBenchmark(asked: BenchmarkRequest): Promise<RunReport> {
  const request = { ...asked, proxy: checkedProxy(asked.proxy) };
  const { plan, signal, observer } = request;
  checkPlan(plan);
  refuseReuse(plan, request.apiKeyOf);
  const dataset = await loadDataset(plan.dataset.path);
  const startsMs = plan.load.kind === 'trace' ? await recordedStartsMs(plan.load.path) : [];
  const chosen = selectUtterances(dataset.utterances, { limit: plan.dataset.limit });
  const opened = await openEndpoints(plan.endpoints, request);
  const store = new AudioStore();
  try {
    const rates = opened.map(({ ready }) => ready.dialect.audioFormat(ready.settings).sampleRateHz);
    const prepared = await prepareUtterances(chosen, {
      store,
      sampleRatesHz: [...new Set(rates)],
      observer,
      signal,
    });
    signal.throwIfAborted();
    observer.prepared?.(prepared.utterances);
    return await measure({ request, dataset, startsMs, opened, store, ...prepared });
  } finally {
    await store.dispose();
    await closeEndpoints(opened);
  }
}

interface Measurement {
  request: BenchmarkRequest;
  dataset: Dataset;
  /** Of the load, where it repeats recorded ones. */
  startsMs: number[];
  opened: OpenedEndpoint[];
  store: AudioStore;
  utterances: RunUtterance[];
  unusable: Map<string, string>;
}

async function measure(measurement: Measurement): Promise<RunReport> {
  const { request, startsMs, opened, store, utterances, unusable } = measurement;
  const { plan, signal, observer, proxy } = request;
  const utteranceIds = utterances.map(({ id }) => id);
  const jobs = planJobs(plan, utteranceIds);
  const run = newRun(measurement, jobs.length);
  const clock = monotonicClock();
  const clockWatch = watchClock();
  const journal = await createJournal(request, run);
  request.named?.(journal.runFile);
  let broken: Error | null = null;
  const finished: RunSession[] = [];
  try {
    const keep = (session: RunSession) => {
      finished.push(session);
      return journal.append(session);
    };
    const endpoints = opened.map(({ ready }) => ready);
    const sending = { plan, endpoints, store, unusable, recordedStartsMs: startsMs };
    const input = { ...sending, jobs, clock, proxy, signal, observer, keep };
    const warmUp = { jobs: warmUpJobs(plan, utteranceIds), observer: {}, keep: forget };
    await runSessions({ ...input, ...warmUp });
    if (!signal.aborted) await runSessions(input);
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error));
  }
  if (signal.aborted && signal.reason instanceof BenchError) broken ??= signal.reason;
  const ending = { cancelled: signal.aborted, failed: broken !== null };
  run.info = { ...run.info, durationUs: clock.nowUs(), ...completeness(ending) };
  run.environment = describeEnvironment(clockWatch.stop(), request);
  run.sessions = inJobOrder(jobs, finished);
  const report = await writeRunFile(journal.runFile, run);
  await journal.remove();
  if (broken !== null) throw broken;
  return report;
}

function createJournal({ file, replace }: BenchmarkRequest, run: Run): Promise<RunJournal> {
  return replace ? RunJournal.create(file, run) : RunJournal.createFree(file, run);
}

/** What a session was before those that are measured, nobody asks. */
function forget(): Promise<void> {
  return Promise.resolve();
}

function newRun({ request, dataset, opened, utterances }: Measurement, sessions: number): Run {
  const { plan, title, rtbenchVersion, series } = request;
  const info: RunInfo = {
    id: randomUUID(),
    title,
    notes: '',
    startedAt: new Date().toISOString(),
    durationUs: 0,
    completeness: 'partial',
    partialBecause: 'recovered',
    plannedSessions: sessions,
    rtbenchVersion,
    ...(series && { series }),
  };
  const endpoints = plan.endpoints.map((endpoint) => ({
    ...endpoint,
    url: redactUrl(endpoint.url),
  }));
  return {
    info,
    plan: { ...plan, endpoints },
    dataset: { name: dataset.name, format: dataset.format, problems: dataset.problems },
    endpoints: opened.map(({ record }) => record),
    environment: describeEnvironment(null, request),
    utterances,
    sessions: [],
  };
}

function completeness(ending: {
  cancelled: boolean;
  failed: boolean;
}): Pick<RunInfo, 'completeness' | 'partialBecause'> {
  if (ending.failed) return { completeness: 'partial', partialBecause: 'failed' };
  if (ending.cancelled) return { completeness: 'partial', partialBecause: 'cancelled' };
  return { completeness: 'complete', partialBecause: null };
}

function inJobOrder(jobs: readonly SessionJob[], sessions: readonly RunSession[]): RunSession[] {
  const byId = new Map(sessions.map((session) => [session.id, session]));
  return jobs.flatMap(({ id }) => byId.get(id) ?? []);
}
