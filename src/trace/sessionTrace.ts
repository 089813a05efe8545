import type { SessionFailure } from './sessionFailure.ts';
import type { TranscriptEvent } from './transcriptEvent.ts';

/** Microseconds since the start of the run on the client's monotonic clock; an integer. */
export type Micros = number;

/** How the sender keeps time; docs/metrics.md, "Pacing". */
export type PacingMode = 'capture' | 'lead' | 'burst';

export interface Pacing {
  mode: PacingMode;
  /** 1 is real time. Ignored in `burst`. */
  speed: number;
  chunkMs: number;
}

/**
 * All that one session saw, raw and timestamped. Every metric, view and report is a pure
 * function of this and of the utterance's reference.
 */
export interface SessionTrace {
  /** When the load profile wanted the session to start. */
  scheduledStartUs: Micros;
  connection: ConnectionTrace;
  audio: SentAudio;
  chunks: SentChunk[];
  /** Control messages in the order sent, as they went over the wire. Never contains secrets. */
  controls: SentControl[];
  received: ReceivedMessage[];
  pings: Ping[];
  failure: SessionFailure | null;
}

export interface ConnectionTrace {
  /**
   * True where the connection had carried earlier sessions: all times up to `readyUs` are then
   * the instant at which this one took it over.
   */
  reused?: boolean;
  /** Just before the transport was opened. */
  startUs: Micros;
  /** Transport open: WebSocket upgraded. */
  openUs: Micros | null;
  /** First server message after which audio may flow, or `openUs` where the server never speaks first. */
  readyUs: Micros | null;
  /** Null too where the connection was kept for the next session. */
  closeUs: Micros | null;
  closeCode: number | null;
  closeReason: string | null;
}

export interface SentAudio {
  sampleRateHz: number;
  /** Samples of the whole utterance, sent or not. */
  totalSamples: number;
  /** The instant audio sample 0 "is spoken"; null until the first chunk was scheduled. */
  originUs: Micros | null;
  pacing: Pacing;
}

export interface SentChunk {
  /** Ideal send time on the absolute schedule; equals `sentUs` in burst mode. */
  dueUs: Micros;
  /** Immediately before the frame was handed to the socket. */
  sentUs: Micros;
  /** Half-open span of audio carried, in samples. */
  startSample: number;
  endSample: number;
  /** Bytes waiting in the socket's queue at `sentUs`. */
  queuedBytes: number;
}

/** `start` begins generation, `segment` ends a stretch, `final` ends the audio. */
export type CommitKind = 'start' | 'segment' | 'final';

export interface SentControl {
  sentUs: Micros;
  commit: CommitKind | null;
  raw: string;
}

export interface ReceivedMessage {
  /** Taken first thing in the socket's callback, before parsing. */
  atUs: Micros;
  bytes: number;
  events: TranscriptEvent[];
  /** The frame as it came, unless `events` says all of it (a plain text delta). */
  raw: string | null;
}

export interface Ping {
  sentUs: Micros;
  /** Null when no pong came. */
  roundTripUs: number | null;
}
