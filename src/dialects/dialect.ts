import type { CommitKind } from '../trace/sessionTrace.ts';
import type { TranscriptEvent } from '../trace/transcriptEvent.ts';
import type { ConnectionRequest } from '../common/connectionRequest.ts';

export type JsonValue =
  string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** What a protocol can be asked for beyond model and language, by name; see {@link parseOptions}. */
export type DialectOptions = Record<string, JsonValue>;

/** A named server as a dialect sees it. Secrets are resolved elsewhere, just before connecting. */
export interface DialectSettings {
  url: string;
  /** Null: not chosen yet. Dialects whose protocol names a model refuse to start without one. */
  model: string | null;
  language: string | null;
  options: DialectOptions;
}

/** How samples travel. Dialects always get 16-bit samples and convert them themselves. */
export interface AudioWireFormat {
  encoding: 'pcm_s16le' | 'pcm_f32le';
  sampleRateHz: number;
}

/** The audio that a session is about to send. */
export interface Speech {
  totalSamples: number;
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
  /** What the protocol wants sent in answer, at once. */
  replies?: OutgoingFrame[];
  /** After the end of the audio: how long the server must say nothing for {@link DialectSession.quiet}. */
  quietMs?: number;
}

/** How the peer ended the connection. */
export interface ConnectionEnd {
  /** WebSocket close code. HTTP: 1000 after a whole response, 1006 after one that was cut. */
  code: number;
  reason: string;
}

/** One connection's state machine: no socket, no clock. */
export interface DialectSession {
  /** Frames to send as soon as the connection is open, before the server is ready. */
  greet?(): OutgoingFrame[];
  /** Frames to send as soon as the server is ready, before any audio. */
  open(): OutgoingFrame[];
  /**
   * The frame that carries a chunk of 16-bit little-endian mono samples. May be called a little
   * before the frame is sent, and is called in order.
   */
  audio(chunk: Uint8Array): OutgoingFrame;
  /** Frames to send right behind the chunk that was just sent. */
  afterAudio?(): OutgoingFrame[];
  endOfAudio(): OutgoingFrame[];
  /**
   * Begins a further utterance on the same connection once `done` has come: the frames to send
   * before its audio. Absent where a connection carries one utterance only.
   */
  again?(): OutgoingFrame[];
  /** Frames to send before closing the connection early. */
  close?(): OutgoingFrame[];
  /**
   * What an incoming frame means. Throws {@link DialectError} for a frame that is not of
   * this protocol at all, and nothing else.
   */
  receive(frame: string | Uint8Array): Interpretation;
  /**
   * What it means that the server said nothing for as long as the last `quietMs`: `done` where no
   * message of the protocol says so.
   */
  quiet?(): TranscriptEvent[];
  /**
   * What it means that the peer ended the connection: `done` where the protocol ends so, an
   * `error` where the close code or its reason says what went wrong. Without events the session
   * counts as broken off.
   */
  closed?(end: ConnectionEnd): TranscriptEvent[];
}

/**
 * How text comes, docs/dialects.md: deltas or words to append, a turn or a segment whose text
 * replaces its earlier one, tokens each final or not, the whole document anew, or all at the end.
 */
export type TextModel =
  | 'append'
  | 'append-words'
  | 'replace-turn'
  | 'replace-segment'
  | 'tokens'
  | 'whole-document'
  | 'final-only';

/** What a protocol tells, and so which metrics it can have. */
export interface DialectFeatures {
  /** Words with the audio time they were spoken at. */
  wordTimes: boolean;
  /** Counts of tokens. */
  usage: boolean;
  /** Where speech begins and ends. */
  speech: boolean;
}

/** One wire protocol. */
export interface Dialect {
  id: string;
  label: string;
  /** Whether the server says when it is ready, so that audio has to wait for it. */
  awaitsReady: boolean;
  textModel: TextModel;
  features: DialectFeatures;
  /** Milliseconds of audio a message may carry, where the protocol limits it. */
  chunkMs?: { min: number; max: number };
  /** Taken where the settings name no model and the server lists none. */
  defaultModel?: string;
  /** An address to show as an example. */
  exampleUrl: string;
  /** Names of a hosted service's hosts in all its regions, where there are more than the example's. */
  hosts?: RegExp;
  /** What a user can do about an error, by the server's error code. */
  remedies: ReadonlyMap<string, string>;
  /**
   * The dialect as these settings make it, where they choose the protocol within it: what is said
   * above holds for the usual one. Never throws.
   */
  forSettings?(settings: DialectSettings): Dialect;
  audioFormat(settings: DialectSettings): AudioWireFormat;
  /** Where the server lists its models (OpenAI's `GET /v1/models` shape), or null. */
  modelsUrl(settings: DialectSettings): string | null;
  /**
   * `apiKey` is the resolved secret, or null. Throws BenchError `request_invalid` for settings
   * no connection can be made with.
   */
  request(settings: DialectSettings, apiKey: string | null): ConnectionRequest;
  /**
   * Throws BenchError `request_invalid` for settings the protocol cannot express.
   * @param apiKey the resolved secret, for protocols that have it in a message.
   */
  start(settings: DialectSettings, speech: Speech, apiKey?: string | null): DialectSession;
  /** Whether a message of a server that speaks first shows this protocol. */
  recognises?(frame: string | Uint8Array): boolean;
}
