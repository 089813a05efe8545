import type { PcmAudio } from '../audio/pcmAudio.ts';
import type { Clock } from '../common/clock.ts';
import type { Dialect, DialectSettings } from '../dialects/dialect.ts';
import type {
  Micros,
  Pacing,
  ReceivedMessage,
  SentChunk,
  SessionTrace,
} from '../trace/sessionTrace.ts';
import type { WarmConnection } from './warmConnection.ts';

/** The longest wait for each step, in milliseconds. Each has its own failure reason. */
export interface SessionDeadlines {
  /** From the start to the open WebSocket: name, TCP, proxy, TLS and upgrade together. */
  connectMs: number;
  /** From the open WebSocket to the server's first message, where it speaks first. */
  readyMs: number;
  /**
   * Without a message from the server and without progress in sending, once the audio has been
   * sent (in `burst` also while it is being sent). Not while audio is paced: a server may be
   * silent as long as nobody speaks.
   */
  idleMs: number;
  /** From the end-of-audio message to the last event of the session. */
  finalMs: number;
}

/** What just happened, for live views. It is in the trace already. */
export type SessionUpdate =
  | { type: 'open'; atUs: Micros }
  | { type: 'ready'; atUs: Micros }
  | { type: 'chunk'; chunk: SentChunk }
  | { type: 'message'; message: ReceivedMessage }
  | { type: 'ended'; trace: SessionTrace };

export interface SessionOptions {
  dialect: Dialect;
  settings: DialectSettings;
  /** The resolved secret, or null. Appears nowhere in the trace. */
  apiKey: string | null;
  /** At the rate that `dialect.audioFormat` asks for. */
  audio: PcmAudio;
  pacing: Pacing;
  deadlines: SessionDeadlines;
  /** Origin of the proxy to go through, except to this computer itself; null for none. */
  proxy: string | null;
  /** When the load profile wanted the session to start; recorded, not waited for. */
  scheduledStartUs: Micros;
  /** Waited between ready and the first sample, so that sessions need not send in lock-step. */
  originDelayUs?: Micros;
  /** Where a connection may be taken from, and where it goes after an utterance that ended well. */
  warm?: WarmConnection;
  clock: Clock;
  signal?: AbortSignal;
  /** Called once with the trace, which grows as the session goes on: to be read only. */
  onStart?: (trace: Readonly<SessionTrace>) => void;
  /** Called after recording. Must be quick, and must not throw. */
  onUpdate?: (update: SessionUpdate) => void;
}
