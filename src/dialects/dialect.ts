import type { CommitKind } from '../trace/sessionTrace.ts';
import type { TranscriptEvent } from '../trace/transcriptEvent.ts';

/** A named server as a dialect sees it. Secrets are resolved elsewhere, just before connecting. */
export interface DialectSettings {
  url: string;
  /** Null: not chosen yet. Dialects whose protocol names a model refuse to start without one. */
  model: string | null;
  language: string | null;
}

/** What opens the connection. `headers` may hold a resolved secret: never log or save it. */
export interface ConnectionRequest {
  url: string;
  headers: Record<string, string>;
  subprotocols: string[];
}

export interface AudioWireFormat {
  encoding: 'pcm_s16le';
  sampleRateHz: number;
}

/** A frame to send. `commit` marks frames that begin or end an utterance, for the trace. */
export interface OutgoingFrame {
  data: string | Uint8Array;
  commit: CommitKind | null;
}

export interface Interpretation {
  events: TranscriptEvent[];
  /** False when `events` says everything the frame said, so the trace need not keep its text. */
  keepRaw: boolean;
}

/** One connection's state machine: no socket, no clock. */
export interface DialectSession {
  /** Frames to send as soon as the server is ready, before any audio. */
  open(): OutgoingFrame[];
  /** The frame that carries a chunk. May be called a little before the frame is sent. */
  audio(chunk: Uint8Array): OutgoingFrame;
  endOfAudio(): OutgoingFrame[];
  /** Frames to send before closing the connection early. */
  close(): OutgoingFrame[];
  /**
   * What an incoming frame means. Throws {@link DialectError} for a frame that is not of
   * this protocol at all, and nothing else.
   */
  receive(frame: string | Uint8Array): Interpretation;
}

/** One wire protocol. */
export interface Dialect {
  id: string;
  label: string;
  /** Whether the server speaks first, and `ready` must be awaited before sending. */
  serverSpeaksFirst: boolean;
  /** What a user can do about an error, by the server's error code. */
  remedies: ReadonlyMap<string, string>;
  audioFormat(settings: DialectSettings): AudioWireFormat;
  /** Where the server lists its models (OpenAI's `GET /v1/models` shape), or null. */
  modelsUrl(settings: DialectSettings): string | null;
  /**
   * `apiKey` is the resolved secret, or null. Throws BenchError `request_invalid` for settings
   * no connection can be made with.
   */
  request(settings: DialectSettings, apiKey: string | null): ConnectionRequest;
  /** Throws BenchError `request_invalid` for settings the protocol cannot express. */
  start(settings: DialectSettings): DialectSession;
}
