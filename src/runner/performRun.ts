import { existsSync } from 'node:fs';
import { BenchError, errorText } from '../common/benchError.ts';
import type { BenchmarkObserver } from '../bench/benchmarkObserver.ts';
import type { RunReport } from '../runfile/runReport.ts';
import { Redactor } from '../session/redactor.ts';
import { headlineTimes } from './headlineTimes.ts';
import type { LiveFeed } from './liveFeed.ts';
import { LiveTexts } from './liveTexts.ts';
import { runBenchmark } from './runBenchmark.ts';
import type { RunnerAnswer, RunProgressMessage, RunTask } from './runnerMessages.ts';

type Post = (message: RunProgressMessage) => void;

export interface RunSurroundings {
  signal: AbortSignal;
  /** Takes reports of how it goes. */
  post: Post;
  /** Told of all sessions, for those who watch. */
  feed: LiveFeed;
}

/** Runs a benchmark and says how it goes. Never throws: what went wrong is the answer. */
export async function performRun(
  task: RunTask,
  { signal, post, feed }: RunSurroundings,
): Promise<RunnerAnswer> {
  const { plan, title, rtbenchVersion, series, host, embedded, proxy, replace } = task;
  const texts = task.live ? new LiveTexts(plan.pacing.chunkMs, post) : null;
  let { file } = task;
  let isNew = !existsSync(file);
  const named = (name: string): void => {
    file = name;
    isNew = !existsSync(name);
    post({ type: 'named', file: name });
  };
  try {
    const report = await runBenchmark({
      plan,
      title,
      file,
      ...(replace !== undefined && { replace }),
      named,
      rtbenchVersion,
      ...(series && { series }),
      ...(host !== undefined && { host }),
      apiKeyOf: ({ id }) => task.apiKeys[id] ?? null,
      ...(embedded && { embedded }),
      proxy,
      signal,
      observer: reportingObserver(post, feed, texts),
    });
    return finished(file, report, signal.aborted);
  } catch (error) {
    const saved = isNew && existsSync(file) ? file : null;
    return { ...failed(error, Object.values(task.apiKeys)), file: saved };
  } finally {
    texts?.stop();
    feed.stop();
  }
}

function reportingObserver(post: Post, feed: LiveFeed, texts: LiveTexts | null): BenchmarkObserver {
  const observer: BenchmarkObserver = {
    preparing(done, total) {
      post({ type: 'preparing', done, total });
    },
    prepared(utterances) {
      feed.prepared(utterances);
    },
    starting(sessions) {
      post({ type: 'starting', sessions });
    },
    sessionStarted({ utteranceId, endpointId }) {
      post({ type: 'sessionStarted', utteranceId, endpointId });
    },
    sessionTrace(job, trace) {
      feed.started(job, trace);
    },
    sessionEnded(session) {
      texts?.end(session);
      feed.ended(session);
      const { utteranceId, endpointId, trace } = session;
      const { failure } = trace;
      post({
        type: 'sessionEnded',
        utteranceId,
        endpointId,
        ...headlineTimes(trace),
        failure: failure && {
          reason: failure.reason,
          code: failure.code,
          message: failure.message,
        },
      });
    },
  };
  if (!texts) return observer;
  return {
    ...observer,
    sessionUpdate(job, update) {
      texts.update(job, update);
    },
  };
}

function finished(
  file: string,
  { sessions, warnings }: RunReport,
  cancelled: boolean,
): RunnerAnswer {
  const broken = sessions.filter(({ figures }) => ['failed', 'partial'].includes(figures.status));
  return {
    type: 'finished',
    file,
    sessions: sessions.length,
    failed: broken.length,
    cancelled,
    warnings,
  };
}

export type FailedAnswer = Extract<RunnerAnswer, { type: 'failed' }>;

/** What to say of an error. A server may repeat a key in its answer; it is taken out here. */
export function failed(error: unknown, secrets: readonly string[]): FailedAnswer {
  const reason = reasonOf(error);
  const said = reason === 'cancelled' ? 'Stopped before anything was measured.' : errorText(error);
  const message = secrets.reduce((text, secret) => new Redactor(secret).text(text), said);
  return { type: 'failed', reason, message, file: null };
}

function reasonOf(error: unknown): string {
  if (error instanceof BenchError) return String(error.reason);
  return error instanceof Error && error.name === 'AbortError' ? 'cancelled' : 'unexpected';
}
