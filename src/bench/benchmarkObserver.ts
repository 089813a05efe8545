import type { RunSession, RunUtterance } from '../runfile/run.ts';
import type { SessionUpdate } from '../session/sessionOptions.ts';
import type { SessionTrace } from '../trace/sessionTrace.ts';
import type { SessionJob } from './sessionJob.ts';

/** Told what happens while a benchmark runs. Must be quick: it runs beside the sessions. */
export interface BenchmarkObserver {
  /** Audio is decoded before anything is sent. */
  preparing?(done: number, total: number): void;
  prepared?(utterances: readonly RunUtterance[]): void;
  /** All is ready; sessions start now. */
  starting?(sessions: number): void;
  sessionStarted?(job: SessionJob): void;
  /** The trace of a session that connects now; it grows until the session has ended. */
  sessionTrace?(job: SessionJob, trace: Readonly<SessionTrace>): void;
  /** Called for every message and chunk of every session: do next to nothing in it. */
  sessionUpdate?(job: SessionJob, update: SessionUpdate): void;
  /** It has ended and is kept. */
  sessionEnded?(session: RunSession): void;
}
