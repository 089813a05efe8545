import type { ConnectionRequest, WebSocketRequest } from '../../../src/common/connectionRequest.ts';
import type {
  ConnectionEnd,
  Dialect,
  DialectSession,
  DialectSettings,
  Interpretation,
  OutgoingFrame,
} from '../../../src/dialects/dialect.ts';
import { DialectError } from '../../../src/dialects/dialectError.ts';
import type { TranscriptEvent } from '../../../src/trace/transcriptEvent.ts';
import type { Frame } from './recordedConversation.ts';

/** What a session handed to its dialect, and what the dialect made of it. */
export interface SeenFrame {
  frame: Frame;
  events: TranscriptEvent[];
}

export interface Spied {
  dialect: Dialect;
  seen: SeenFrame[];
  /** How many of them came before the audio was over; null where it was never over. */
  seenBeforeEnd: number | null;
  /** What the end of the connection meant; null where the dialect was not asked. */
  atClose: TranscriptEvent[] | null;
}

/**
 * A dialect that does what it does and is watched. All its requests go to `host`, whatever the
 * settings and the server's own answers say. `onEnd` is called when the audio is over.
 */
export function spyOn(
  dialect: Dialect,
  settings: DialectSettings,
  host: string,
  onEnd: () => void,
): Spied {
  const actual = dialect.forSettings?.(settings) ?? dialect;
  const spied: Spied = {
    dialect: {
      ...actual,
      // It is what it is for these settings already.
      forSettings: () => spied.dialect,
      request: (own, apiKey) => requestTo(host, actual.request(own, apiKey)),
      start: (...begin) => new SpiedSession(actual.start(...begin), spied, onEnd),
    },
    seen: [],
    seenBeforeEnd: null,
    atClose: null,
  };
  return spied;
}

function requestTo(host: string, request: ConnectionRequest): ConnectionRequest {
  if (request.transport === 'websocket') return webSocketTo(host, request);
  if (request.transport !== 'exchange') return { ...request, url: at(host, 'http', request.url) };
  return {
    ...request,
    url: at(host, 'http', request.url),
    next(body) {
      const { request: inner, secrets } = request.next(body);
      return { request: webSocketTo(host, inner), secrets };
    },
  };
}

function webSocketTo(host: string, request: WebSocketRequest): WebSocketRequest {
  return { ...request, url: at(host, 'ws', request.url) };
}

function at(host: string, scheme: string, url: string): string {
  const { pathname, search } = new URL(url);
  return `${scheme}://${host}${pathname}${search}`;
}

class SpiedSession implements DialectSession {
  readonly #inner: DialectSession;
  readonly #spied: Spied;
  readonly #onEnd: () => void;

  constructor(inner: DialectSession, spied: Spied, onEnd: () => void) {
    this.#inner = inner;
    this.#spied = spied;
    this.#onEnd = onEnd;
  }

  greet(): OutgoingFrame[] {
    return this.#inner.greet?.() ?? [];
  }

  open(): OutgoingFrame[] {
    return this.#inner.open();
  }

  audio(chunk: Uint8Array): OutgoingFrame {
    return this.#inner.audio(chunk);
  }

  endOfAudio(): OutgoingFrame[] {
    this.#spied.seenBeforeEnd = this.#spied.seen.length;
    this.#onEnd();
    return this.#inner.endOfAudio();
  }

  close(): OutgoingFrame[] {
    return this.#inner.close?.() ?? [];
  }

  receive(frame: Frame): Interpretation {
    try {
      const interpretation = this.#inner.receive(frame);
      this.#spied.seen.push({ frame, events: interpretation.events });
      return interpretation;
    } catch (error) {
      if (error instanceof DialectError) this.#spied.seen.push({ frame, events: [] });
      throw error;
    }
  }

  closed(end: ConnectionEnd): TranscriptEvent[] {
    this.#spied.atClose = this.#inner.closed?.(end) ?? [];
    return this.#spied.atClose;
  }
}
