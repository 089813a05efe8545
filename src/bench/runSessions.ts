import { isClosed, type ClosedLoad } from '../plan/load.ts';
import { reusesConnections } from '../plan/loadLimits.ts';
import type { Plan } from '../plan/plan.ts';
import type { Dialect, DialectSettings } from '../dialects/dialect.ts';
import type { RunSession } from '../runfile/run.ts';
import type { Clock } from '../common/clock.ts';
import { runSession } from '../session/runSession.ts';
import type { SessionOptions } from '../session/sessionOptions.ts';
import type { SessionFailure } from '../trace/sessionFailure.ts';
import type { SessionTrace } from '../trace/sessionTrace.ts';
import { startOffsetsMs } from './arrivals.ts';
import type { AudioStore } from './audioStore.ts';
import type { BenchmarkObserver } from './benchmarkObserver.ts';
import { audioKey } from './prepareUtterances.ts';
import { runArriving } from './runArriving.ts';
import { runConcurrently } from './runConcurrently.ts';
import type { SessionJob } from './sessionJob.ts';
import { userShifts } from './userShifts.ts';
import { WarmConnections } from './warmConnections.ts';

/** An endpoint that sessions can be opened to. */
export interface ReadyEndpoint {
  id: string;
  dialect: Dialect;
  settings: DialectSettings;
  /** The resolved secret: never logged, saved or shown. */
  apiKey: string | null;
}

export interface SessionsInput {
  plan: Plan;
  jobs: readonly SessionJob[];
  endpoints: readonly ReadyEndpoint[];
  store: AudioStore;
  /** Utterance id → why its audio cannot be sent. */
  unusable: ReadonlyMap<string, string>;
  /** Milliseconds, ascending from 0: of a load that repeats starts; else empty. */
  recordedStartsMs: readonly number[];
  clock: Clock;
  /** Origin of the proxy to go through, except to this computer itself; null for none. */
  proxy: string | null;
  signal: AbortSignal;
  observer: BenchmarkObserver;
  /** Called with each session as it ends. What it returns is awaited before anyone is told. */
  keep: (session: RunSession) => Promise<void>;
}

/** Runs the jobs under the plan's load. A session's failure is part of its trace, never thrown. */
export async function runSessions(input: SessionsInput): Promise<void> {
  const { jobs, plan, clock, signal } = input;
  const { load } = plan;
  input.observer.starting?.(jobs.length);
  if (isClosed(load)) {
    await runClosed(input, load);
    return;
  }
  const offsetsMs = startOffsetsMs(load, jobs.length, input.recordedStartsMs);
  const arriving = { offsetsMs, clock, signal };
  await runArriving(jobs, arriving, (job, scheduledStartUs) =>
    runJob(input, job, { scheduledStartUs }),
  );
}

async function runClosed(input: SessionsInput, load: ClosedLoad): Promise<void> {
  const { jobs, plan, clock, signal } = input;
  const users = userShifts(load, plan.pacing.chunkMs, jobs.length);
  const connections = reusesConnections(load) ? new WarmConnections() : null;
  try {
    await runConcurrently(jobs, { users, signal }, (job, user) => {
      const warm = connections?.of(user, job.endpointId);
      return runJob(input, job, { scheduledStartUs: clock.nowUs(), ...(warm && { warm }) });
    });
  } finally {
    await connections?.close();
  }
}

type SessionStart = Pick<SessionOptions, 'scheduledStartUs' | 'warm'>;

async function runJob(input: SessionsInput, job: SessionJob, start: SessionStart): Promise<void> {
  input.observer.sessionStarted?.(job);
  const trace = await traceOf(input, job, start);
  const session: RunSession = { ...job, trace };
  await input.keep(session);
  // Whoever hears of it may rely on it: it outlives this process.
  input.observer.sessionEnded?.(session);
}

async function traceOf(
  input: SessionsInput,
  job: SessionJob,
  start: SessionStart,
): Promise<SessionTrace> {
  const { plan, clock, proxy, signal, unusable, store } = input;
  const endpoint = input.endpoints.find(({ id }) => id === job.endpointId)!;
  const { dialect, settings, apiKey } = endpoint;
  const { sampleRateHz } = dialect.audioFormat(settings);
  const problem = unusable.get(job.utteranceId);
  const audio = await store.get(audioKey(job.utteranceId, sampleRateHz));
  if (problem !== undefined || !audio) {
    return unsentTrace(input, problem ?? 'The audio was not prepared.');
  }
  return runSession({
    dialect,
    settings,
    apiKey,
    audio,
    pacing: plan.pacing,
    deadlines: plan.deadlines,
    proxy,
    ...start,
    clock,
    signal,
    ...updates(input.observer, job),
  });
}

/** Nothing at all where nobody watches: the measuring loop has better things to do. */
function updates(
  observer: BenchmarkObserver,
  job: SessionJob,
): Pick<SessionOptions, 'onStart' | 'onUpdate'> {
  return {
    ...(observer.sessionTrace && {
      onStart: (trace) => {
        observer.sessionTrace?.(job, trace);
      },
    }),
    ...(observer.sessionUpdate && {
      onUpdate: (update) => {
        observer.sessionUpdate?.(job, update);
      },
    }),
  };
}

/** The trace of a session that could not even connect, because there is nothing to send. */
function unsentTrace({ plan, clock }: SessionsInput, message: string): SessionTrace {
  const atUs = clock.nowUs();
  const failure: SessionFailure = { atUs, reason: 'audio_unusable', code: null, message };
  return {
    scheduledStartUs: atUs,
    connection: {
      startUs: atUs,
      openUs: null,
      readyUs: null,
      closeUs: null,
      closeCode: null,
      closeReason: null,
    },
    audio: { sampleRateHz: 16_000, totalSamples: 0, originUs: null, pacing: plan.pacing },
    chunks: [],
    controls: [],
    received: [],
    pings: [],
    failure,
  };
}
