import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';

export type Message = Record<string, unknown>;

/** A bare client of any WebSocket protocol with JSON from the server, in order. */
export class WireClient {
  readonly messages: Message[] = [];
  readonly #socket: WebSocket;
  #taken = 0;
  #closed: { code: number; reason: string } | null = null;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      this.messages.push(JSON.parse(data.toString('utf8')) as Message);
    });
    socket.on('close', (code, reason) => {
      this.#closed = { code, reason: reason.toString('utf8') };
    });
    socket.on('error', () => undefined);
  }

  static async connect(url: string): Promise<WireClient> {
    const socket = new WebSocket(url);
    const client = new WireClient(socket);
    await once(socket, 'open');
    return client;
  }

  /** Texts as they are, bytes as they are, and anything else as JSON. */
  send(...messages: (Message | string | Uint8Array)[]): void {
    for (const message of messages) {
      const isFrame = typeof message === 'string' || message instanceof Uint8Array;
      this.#socket.send(isFrame ? message : JSON.stringify(message));
    }
  }

  /** The next message that was not waited for. */
  async next(deadlineMs = 20_000): Promise<Message> {
    await this.#until(() => this.messages.length > this.#taken, deadlineMs, 'message');
    this.#taken += 1;
    return this.messages[this.#taken - 1]!;
  }

  /** Waits for a message of this type; those before it are passed over. */
  async nextOf(type: string, deadlineMs = 20_000): Promise<Message> {
    for (;;) {
      const message = await this.next(deadlineMs);
      if (message.type === type) return message;
    }
  }

  /** The `error` object of OpenAI's envelope, or the message that is the error. */
  async error(): Promise<Message> {
    const message = await this.nextOf('error');
    return typeof message.error === 'object' ? (message.error as Message) : message;
  }

  async closed(deadlineMs = 20_000): Promise<{ code: number; reason: string }> {
    await this.#until(() => this.#closed !== null, deadlineMs, 'close');
    return this.#closed!;
  }

  async close(): Promise<void> {
    this.#socket.close();
    await this.closed();
  }

  /** Goes without a closing handshake, as a client that crashes does. */
  vanish(): void {
    this.#socket.terminate();
  }

  async #until(holds: () => boolean, deadlineMs: number, what: string): Promise<void> {
    const endMs = performance.now() + deadlineMs;
    while (!holds()) {
      const isClosed = this.#closed !== null && what !== 'close';
      if (isClosed || performance.now() > endMs) {
        throw new Error(`No ${what} came; got ${JSON.stringify(this.messages)}`);
      }
      await sleep(5);
    }
  }
}

export function bytesOf(samples: Int16Array): Buffer {
  return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
}

export function appendEvent(samples: Int16Array): Message {
  return { type: 'input_audio_buffer.append', audio: bytesOf(samples).toString('base64') };
}

/** A WAV file of 16-bit mono samples. */
export function wavFile(samples: Int16Array, sampleRateHz: number): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.byteLength, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(sampleRateHz, 24);
  head.writeUInt32LE(sampleRateHz * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.byteLength, 40);
  return Buffer.concat([head, bytesOf(samples)]);
}
