import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ServerHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import type { ConnectionRequest } from '../../../src/common/connectionRequest.ts';
import type { Act, Ending } from './babble.ts';
import { encodeFrame } from './eventFrames.ts';
import type { Frame } from './recordedConversation.ts';

export type Transport = ConnectionRequest['transport'];

/** The server's side of one connection, which does what it is told. */
export abstract class BabblingLine {
  readonly #sent: Frame[];
  #certain: number | null = null;
  protected acknowledgedFrames = 0;

  constructor(sent: Frame[]) {
    this.#sent = sent;
  }

  abstract get isOpen(): boolean;

  /** How many frames were sent whole before bytes that are no frame; null where all are frames. */
  get certain(): number | null {
    return this.#certain;
  }

  /** How many frames the client is known to have read. */
  get acknowledged(): number {
    return this.acknowledgedFrames;
  }

  async act(act: Act): Promise<void> {
    if ('say' in act) {
      this.#note(act.say);
      this.say(act.say);
    } else if ('inPieces' in act) {
      this.#note(act.inPieces);
      await this.sayInPieces(act.inPieces, piecesOf(act.inPieces, act.bytes));
    } else {
      this.#certain ??= this.#sent.length;
      if ('write' in act) this.write(act.write);
      else this.begin(act.begin, act.share);
    }
  }

  abstract end(how: Ending): void;

  #note(frame: Frame): void {
    const arrives = this.arriving(frame);
    if (arrives !== null && this.#certain === null) this.#sent.push(arrives);
  }

  /** The frame as the client has it; null where it is none to it. Text is sent as UTF-8. */
  protected arriving(frame: Frame): Frame | null {
    return typeof frame === 'string' ? textOf(frame) : frame;
  }

  protected get sentFrames(): number {
    return this.#sent.length;
  }

  protected abstract say(frame: Frame): void;
  protected abstract sayInPieces(frame: Frame, pieces: Buffer[]): Promise<void> | void;
  protected abstract begin(frame: Frame, share: number): void;
  protected abstract write(bytes: Uint8Array): void;
}

function piecesOf(frame: Frame, size: number): Buffer[] {
  const bytes = Buffer.from(frame);
  const count = Math.min(40, Math.max(1, Math.ceil(bytes.length / size)));
  return Array.from({ length: count }, (_, at) =>
    bytes.subarray(at * size, at === count - 1 ? undefined : (at + 1) * size),
  );
}

function beginning(bytes: Buffer, share: number): Buffer {
  return bytes.subarray(0, Math.floor(bytes.length * share));
}

export class WebSocketLine extends BabblingLine {
  readonly #webSocket: WebSocket;
  readonly #socket: Socket;

  constructor(webSocket: WebSocket, socket: Socket, sent: Frame[]) {
    super(sent);
    this.#webSocket = webSocket;
    this.#socket = socket;
    webSocket.on('pong', (data: Buffer) => {
      const count = Number(data.toString());
      if (Number.isInteger(count)) this.acknowledgedFrames = count;
    });
    webSocket.on('error', () => undefined);
  }

  get isOpen(): boolean {
    return this.#webSocket.readyState === this.#webSocket.OPEN;
  }

  end(how: Ending): void {
    if (how === 'cut') this.#socket.destroy();
    else if (how === 'half-closed') this.#socket.end();
    else if (how === 'deaf') this.#socket.pause();
    else if (how !== 'silent') this.#webSocket.close(how.code ?? undefined, how.reason);
  }

  protected say(frame: Frame): void {
    this.#webSocket.send(frame);
    this.#ask();
  }

  /** As fragments, which may end inside a character. */
  protected sayInPieces(frame: Frame, pieces: Buffer[]): void {
    const binary = typeof frame !== 'string';
    pieces.forEach((piece, at) => {
      this.#webSocket.send(piece, { binary, fin: at === pieces.length - 1 });
    });
    this.#ask();
  }

  protected begin(frame: Frame, share: number): void {
    const bytes = Buffer.from(frame);
    const head = Buffer.alloc(4);
    head[0] = typeof frame === 'string' ? 0x81 : 0x82;
    head[1] = 126;
    head.writeUInt16BE(Math.min(bytes.length + 126, 65_535), 2);
    this.write(Buffer.concat([head, beginning(bytes.subarray(0, 65_535), share)]));
  }

  protected write(bytes: Uint8Array): void {
    this.#socket.write(bytes);
  }

  /** What is answered tells that all before it was read. */
  #ask(): void {
    this.#webSocket.ping(String(this.sentFrames));
  }
}

/** An HTTP response: of server-sent events, or of whatever its type says. */
export class UploadLine extends BabblingLine {
  readonly #response: ServerResponse;
  readonly #request: IncomingMessage;
  readonly #contentType: string | null;

  constructor(
    request: IncomingMessage,
    response: ServerResponse,
    contentType: string | null,
    sent: Frame[],
  ) {
    super(sent);
    this.#request = request;
    this.#response = response;
    this.#contentType = contentType;
    request.resume();
    request.on('error', () => undefined);
    response.on('error', () => undefined);
  }

  get isOpen(): boolean {
    return !this.#response.destroyed && !this.#response.writableEnded;
  }

  end(how: Ending): void {
    const socket = this.#request.socket;
    if (how === 'cut') socket.destroy();
    else if (how === 'half-closed') socket.end();
    else if (how === 'deaf') this.#request.pause();
    else if (how !== 'silent') {
      this.#head();
      this.#response.end();
    }
  }

  /** An event without data says nothing, and its lines end in one way only. */
  protected override arriving(frame: Frame): Frame | null {
    const text = textOf(frame);
    return text === '' ? null : text.replaceAll(/\r\n?/g, '\n');
  }

  protected say(frame: Frame): void {
    this.#head();
    this.#response.write(eventOf(frame));
  }

  protected async sayInPieces(frame: Frame, pieces: Buffer[]): Promise<void> {
    this.#head();
    const event = Buffer.from(eventOf(frame));
    for (const piece of piecesOf(event, Math.ceil(event.length / pieces.length))) {
      if (!this.isOpen) return;
      this.#response.write(piece);
      await nextTurn();
    }
  }

  protected begin(frame: Frame, share: number): void {
    this.#head();
    this.#response.write(beginning(Buffer.from(eventOf(frame)), share));
  }

  protected write(bytes: Uint8Array): void {
    this.#request.socket.write(bytes);
  }

  #head(): void {
    if (this.#response.headersSent) return;
    this.#response.writeHead(
      200,
      this.#contentType === null ? {} : { 'Content-Type': this.#contentType },
    );
  }
}

function textOf(frame: Frame): string {
  return Buffer.from(frame).toString('utf8');
}

function eventOf(frame: Frame): string {
  const lines = textOf(frame).split(/\r\n|\r|\n/);
  return `${lines.map((line) => `data: ${line}\n`).join('')}\n`;
}

/** A stream of HTTP/2 with Amazon's events. */
export class EventStreamLine extends BabblingLine {
  readonly #stream: ServerHttp2Stream;
  readonly #socket: Socket;

  constructor(stream: ServerHttp2Stream, socket: Socket, sent: Frame[]) {
    super(sent);
    this.#stream = stream;
    this.#socket = socket;
    stream.resume();
    stream.on('end', () => {
      // The client ended its side: so does a container that has nothing more to say.
      if (!stream.destroyed) this.#respond();
      stream.end();
    });
  }

  get isOpen(): boolean {
    return !this.#stream.destroyed && !this.#stream.writableEnded;
  }

  end(how: Ending): void {
    if (how === 'cut') this.#socket.destroy();
    else if (how === 'half-closed') this.#stream.session?.goaway(0);
    else if (how === 'deaf') this.#stream.pause();
    else if (how !== 'silent') {
      this.#respond();
      if (how.code === null || how.code === 1000) this.#stream.end();
      else this.#stream.close(how.code % 14);
    }
  }

  protected say(frame: Frame): void {
    this.write(payloadPart(frame));
  }

  protected async sayInPieces(frame: Frame, pieces: Buffer[]): Promise<void> {
    const event = payloadPart(frame);
    for (const piece of piecesOf(event, Math.ceil(event.length / pieces.length))) {
      if (!this.isOpen) return;
      this.write(piece);
      await nextTurn();
    }
  }

  protected begin(frame: Frame, share: number): void {
    this.write(beginning(payloadPart(frame), share));
  }

  protected write(bytes: Uint8Array): void {
    this.#respond();
    this.#stream.write(bytes);
  }

  #respond(): void {
    if (!this.#stream.headersSent) this.#stream.respond({ ':status': 200 });
  }
}

function payloadPart(frame: Frame): Buffer {
  const headers = {
    ':message-type': 'event',
    ':event-type': 'PayloadPart',
    DataType: typeof frame === 'string' ? 'UTF8' : 'BINARY',
  };
  return encodeFrame(headers, Buffer.from(frame));
}
