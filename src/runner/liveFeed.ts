import type { SessionJob } from '../bench/sessionJob.ts';
import type { RunUtterance } from '../runfile/run.ts';
import { traceToColumns } from '../runfile/traceColumns.ts';
import type { ReceivedMessage, SessionTrace } from '../trace/sessionTrace.ts';
import type { TracePiece } from './liveTrace.ts';

/** 25 a second: as smooth as needed, little for the loop that measures. */
const reportEveryMs = 40;

/** What one report may hold at most, of all sessions together; the rest waits for the next. */
const mostEntries = 1000;
const mostBytes = 262_144;

interface RunningSession {
  job: SessionJob;
  /** Grows while the session runs. */
  trace: Readonly<SessionTrace>;
}

interface FollowedSession extends RunningSession {
  before: TracePiece['before'];
  isNew: boolean;
  /** As last reported: what changes without an entry being added. */
  state: string;
}

/**
 * The traces of running sessions for those who watch, in pieces: of each endpoint the session that
 * started last, and when it ends the next one. Where nobody watches nothing is done at all; where
 * somebody does, the sessions are not asked to do more either: their traces are read as they grow,
 * a bounded amount at a time.
 */
export class LiveFeed {
  readonly #report: (piece: TracePiece) => void;
  readonly #utterances = new Map<string, RunUtterance>();
  /** In the order in which they started. */
  readonly #running = new Map<string, RunningSession>();
  /** By endpoint. */
  readonly #followed = new Map<string, FollowedSession>();
  #timer: NodeJS.Timeout | undefined;

  constructor(report: (piece: TracePiece) => void) {
    this.#report = report;
  }

  prepared(utterances: readonly RunUtterance[]): void {
    for (const utterance of utterances) this.#utterances.set(utterance.id, utterance);
  }

  /** @param trace of a session that runs: read, never changed */
  started(job: SessionJob, trace: Readonly<SessionTrace>): void {
    this.#running.set(job.id, { job, trace });
    if (this.#timer !== undefined) this.#followNewest(job.endpointId);
  }

  ended({ id }: SessionJob): void {
    this.#running.delete(id);
  }

  /** Watching anew begins with whole traces, as far as they have come. */
  watch(on: boolean): void {
    this.stop();
    if (!on) return;
    this.#timer = setInterval(() => {
      this.#tick();
    }, reportEveryMs);
    for (const { job } of this.#running.values()) this.#followNewest(job.endpointId);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#followed.clear();
  }

  /** Where a session is followed already, it is followed to its end. */
  #followNewest(endpointId: string): void {
    if (this.#followed.has(endpointId)) return;
    const running = [...this.#running.values()];
    const newest = running.findLast(({ job }) => job.endpointId === endpointId);
    if (!newest) return;
    const before = { chunks: 0, controls: 0, received: 0, samples: 0 };
    this.#followed.set(endpointId, { ...newest, before, isNew: true, state: '' });
  }

  #tick(): void {
    const sessions = [...this.#followed.values()];
    const entries = Math.floor(mostEntries / sessions.length);
    const bytes = mostBytes / sessions.length;
    for (const session of sessions) {
      const piece = this.#nextPiece(session, entries, bytes);
      if (piece) this.#report(piece);
      if (piece?.ended !== true) continue;
      this.#followed.delete(session.job.endpointId);
      this.#followNewest(session.job.endpointId);
    }
  }

  /** Null where there is no news. */
  #nextPiece(session: FollowedSession, entries: number, bytes: number): TracePiece | null {
    const { job, trace, before, isNew } = session;
    const state = stateOf(trace);
    const chunks = trace.chunks.slice(before.chunks, before.chunks + entries);
    const controls = trace.controls.slice(before.controls, before.controls + entries);
    const received = firstMessages(trace.received, before.received, { entries, bytes });
    const isWhole =
      before.chunks + chunks.length === trace.chunks.length &&
      before.controls + controls.length === trace.controls.length &&
      before.received + received.length === trace.received.length;
    const ended = isWhole && !this.#running.has(job.id);
    const hasEntries = chunks.length + controls.length + received.length > 0;
    if (!isNew && !hasEntries && !ended && state === session.state) return null;
    session.isNew = false;
    session.state = state;
    session.before = {
      chunks: before.chunks + chunks.length,
      controls: before.controls + controls.length,
      received: before.received + received.length,
      samples: chunks.at(-1)?.endSample ?? before.samples,
    };
    const { id, endpointId, utteranceId, repeat } = job;
    return {
      type: 'trace',
      session: { id, endpointId, utteranceId, repeat },
      utterance: isNew ? (this.#utterances.get(utteranceId) ?? null) : null,
      before,
      trace: traceToColumns({ ...trace, chunks, controls, received }),
      ended,
    };
  }
}

function stateOf({ connection, audio, failure }: SessionTrace): string {
  const { openUs, readyUs, closeUs } = connection;
  return [openUs, readyUs, closeUs, audio.originUs, failure?.reason].join();
}

/** At least one where there is one, else a single huge message would never be reported. */
function firstMessages(
  received: readonly ReceivedMessage[],
  from: number,
  most: { entries: number; bytes: number },
): ReceivedMessage[] {
  let end = from;
  let bytes = 0;
  while (end < received.length && end - from < most.entries && bytes < most.bytes) {
    bytes += received[end]!.bytes;
    end += 1;
  }
  return received.slice(from, end);
}
