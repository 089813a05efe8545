import type { ReceivedFrame } from '../transport.ts';
import { TransportError } from '../transportError.ts';
import { eventCodec } from './messages.ts';
import type { EventMessage } from './messages.ts';
import { MessageSplitter } from './messageSplitter.ts';
import { streamError } from './streamError.ts';

/** Reads what the container says, and what the platform says about it, from the response. */
export class PayloadReader {
  readonly #host: string;
  readonly #maxBytes: number;
  readonly #splitter: MessageSplitter;
  readonly #utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  /** Of a message of the container that came in several parts. */
  #parts: Uint8Array[] = [];
  #partBytes = 0;
  #dataType: string | null = null;
  /** The text was complete before its last part was announced. */
  #wasEarly = false;

  constructor(host: string, maxBytes: number) {
    this.#host = host;
    this.#maxBytes = maxBytes;
    this.#splitter = new MessageSplitter(maxBytes);
  }

  /** Whether the response ended inside a message. */
  get isCut(): boolean {
    return this.#splitter.hasRest || this.#parts.length > 0;
  }

  /**
   * Tells of the container's messages that these bytes complete.
   * @throws TransportError for an error that was reported, and for bytes that are no event stream.
   */
  push(bytes: Uint8Array, atUs: number, received: (frame: ReceivedFrame) => void): void {
    for (const encoded of this.#split(bytes)) {
      const message = this.#decode(encoded);
      const type = headerText(message, ':message-type');
      if (type === 'event') this.#event(message, atUs, received);
      else throw streamError(this.#host, type, message);
    }
  }

  #split(bytes: Uint8Array): Uint8Array[] {
    try {
      return this.#splitter.push(bytes);
    } catch (error) {
      throw this.#invalid(error);
    }
  }

  #decode(encoded: Uint8Array): EventMessage {
    try {
      return eventCodec.decode(encoded);
    } catch (error) {
      throw this.#invalid(error);
    }
  }

  #event(message: EventMessage, atUs: number, received: (frame: ReceivedFrame) => void): void {
    if (headerText(message, ':event-type') !== 'PayloadPart') return;
    const isPartial = headerText(message, 'CompletionState') === 'PARTIAL';
    const { body } = message;
    const isLateEnd = this.#wasEarly && body.length === 0;
    this.#wasEarly = false;
    if (isLateEnd) return;
    this.#dataType ??= headerText(message, 'DataType');
    this.#parts.push(body);
    this.#partBytes += body.length;
    if (this.#partBytes > this.#maxBytes) throw this.#invalid(`more than ${this.#maxBytes} bytes`);
    const whole = this.#parts.length === 1 ? body : Buffer.concat(this.#parts);
    // Parts that are never said to be complete must not keep a complete message back.
    if (isPartial && !isWholeJson(whole)) return;
    const data = this.#data(whole);
    this.#parts = [];
    this.#partBytes = 0;
    this.#dataType = null;
    this.#wasEarly = isPartial;
    received({ atUs, bytes: whole.length, data });
  }

  /** Without a type the bytes decide. */
  #data(bytes: Uint8Array): string | Uint8Array {
    if (this.#dataType === 'BINARY') return new Uint8Array(bytes);
    try {
      return this.#utf8.decode(bytes);
    } catch {
      return this.#dataType === 'UTF8'
        ? Buffer.from(bytes).toString('utf8')
        : new Uint8Array(bytes);
    }
  }

  #invalid(cause: unknown): TransportError {
    const detail = cause instanceof Error ? cause.message : String(cause);
    return new TransportError(
      'invalid_message',
      null,
      `${this.#host} sent what is no AWS event stream, or breaks its limits (${detail}).` +
        ' Check the address of the endpoint and its port.',
      { cause },
    );
  }
}

function headerText({ headers }: EventMessage, name: string): string | null {
  const value = headers[name]?.value;
  return typeof value === 'string' ? value : null;
}

/** A JSON object that is complete: no longer one begins with it. */
function isWholeJson(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0x7b || bytes.at(-1) !== 0x7d) return false;
  try {
    JSON.parse(Buffer.from(bytes).toString('utf8'));
    return true;
  } catch {
    return false;
  }
}
