import type { SessionFailure } from '../trace/sessionFailure.ts';
import type {
  CommitKind,
  Micros,
  Ping,
  ReceivedMessage,
  SentChunk,
  SessionTrace,
} from '../trace/sessionTrace.ts';
import type { Interpretation } from '../dialects/dialect.ts';
import type { Redactor } from './redactor.ts';
import type { SessionOptions } from './sessionOptions.ts';

/** Longer raw frames are cut: a hostile server must not fill memory and files. */
const longestRawCharacters = 65_536;

const bytesQuoted = 32;

interface IncomingFrame {
  atUs: Micros;
  bytes: number;
  data: string | Uint8Array;
}

function rawText(data: string | Uint8Array): string {
  if (typeof data !== 'string') {
    const begin = Array.from(data.subarray(0, bytesQuoted), (byte) =>
      byte.toString(16).padStart(2, '0'),
    );
    return `(binary frame of ${data.length} bytes that begins ${begin.join(' ')})`;
  }
  const left = data.length - longestRawCharacters;
  return left > 0 ? `${data.slice(0, longestRawCharacters)}… (${left} more characters)` : data;
}

/** Builds a session's trace; everything passes the redactor on its way in. */
export class TraceRecorder {
  readonly #trace: SessionTrace;
  readonly #redactor: Redactor;

  constructor(options: SessionOptions, redactor: Redactor) {
    const { audio, pacing, scheduledStartUs, clock } = options;
    this.#redactor = redactor;
    this.#trace = {
      scheduledStartUs,
      connection: {
        startUs: clock.nowUs(),
        openUs: null,
        readyUs: null,
        closeUs: null,
        closeCode: null,
        closeReason: null,
      },
      audio: {
        sampleRateHz: audio.sampleRateHz,
        totalSamples: audio.samples.length,
        originUs: null,
        pacing: { ...pacing },
      },
      chunks: [],
      controls: [],
      received: [],
      pings: [],
      failure: null,
    };
  }

  /** As far as it has come. */
  get trace(): Readonly<SessionTrace> {
    return this.#trace;
  }

  get failure(): SessionFailure | null {
    return this.#trace.failure;
  }

  get sentSamples(): number {
    return this.#trace.chunks.at(-1)?.endSample ?? 0;
  }

  /** Nothing is opened: the session takes over a connection at this instant. */
  tookOver(atUs: Micros): void {
    const { connection } = this.#trace;
    connection.reused = true;
    connection.startUs = atUs;
    connection.openUs = atUs;
  }

  opened(atUs: Micros): void {
    this.#trace.connection.openUs = atUs;
  }

  ready(atUs: Micros): void {
    this.#trace.connection.readyUs = atUs;
  }

  origin(atUs: Micros): void {
    this.#trace.audio.originUs = atUs;
  }

  chunk(chunk: SentChunk): void {
    this.#trace.chunks.push(chunk);
  }

  control(sentUs: Micros, commit: CommitKind | null, data: string | Uint8Array): void {
    this.#trace.controls.push({ sentUs, commit, raw: this.#redactor.text(rawText(data)) });
  }

  message(frame: IncomingFrame, { events, keepRaw }: Interpretation): ReceivedMessage {
    const message: ReceivedMessage = {
      atUs: frame.atUs,
      bytes: frame.bytes,
      events: events.map((event) => this.#redactor.event(event)),
      raw: keepRaw ? this.#redactor.raw(rawText(frame.data), events) : null,
    };
    this.#trace.received.push(message);
    return message;
  }

  /** The first failure is the one that ended the session. */
  failed(failure: SessionFailure): void {
    this.#trace.failure ??= {
      ...failure,
      code: failure.code === null ? null : this.#redactor.text(failure.code),
      message: this.#redactor.text(failure.message),
    };
  }

  closed(atUs: Micros, code: number, reason: string): void {
    const { connection } = this.#trace;
    if (connection.openUs !== null) {
      connection.closeUs = atUs;
      connection.closeCode = code;
      connection.closeReason = this.#redactor.text(reason);
    }
  }

  finish(pings: readonly Ping[]): SessionTrace {
    this.#trace.pings = pings.map((ping) => ({ ...ping }));
    return this.#trace;
  }
}
