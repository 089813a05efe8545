import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';

export interface ServerEvent {
  type: string;
  atMs: number;
  [field: string]: unknown;
}

/** A bare client of `/v1/realtime` that keeps every event with the time it came. */
export class RealtimeClient {
  readonly events: ServerEvent[] = [];
  readonly #socket: WebSocket;
  #arrived: () => void = () => undefined;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      const event = JSON.parse(data.toString('utf8')) as Omit<ServerEvent, 'atMs'>;
      this.events.push({ ...event, atMs: performance.now() } as ServerEvent);
      this.#arrived();
    });
    socket.on('close', () => {
      this.#arrived();
    });
    socket.on('error', () => undefined);
  }

  static async connect(url: string): Promise<RealtimeClient> {
    const socket = new WebSocket(url);
    const client = new RealtimeClient(socket);
    await once(socket, 'open');
    return client;
  }

  send(...messages: (object | string)[]): void {
    for (const message of messages) {
      this.#socket.send(typeof message === 'string' ? message : JSON.stringify(message));
    }
  }

  sendBinary(bytes: Uint8Array): void {
    this.#socket.send(bytes);
  }

  /** Waits for the next event that has not been waited for and is of this type. */
  async next(type: string, deadlineMs = 20_000): Promise<ServerEvent> {
    const endMs = performance.now() + deadlineMs;
    for (;;) {
      const event = this.events.find((one) => one.type === type && !this.#taken.has(one));
      if (event !== undefined) {
        this.#taken.add(event);
        return event;
      }
      if (performance.now() > endMs || this.#socket.readyState === WebSocket.CLOSED) {
        throw new Error(`No ${type} came; got ${JSON.stringify(this.events)}`);
      }
      await Promise.race([new Promise<void>((resolve) => (this.#arrived = resolve)), sleep(100)]);
    }
  }

  readonly #taken = new Set<ServerEvent>();

  /** Code with which the server closed. */
  async closed(): Promise<number> {
    if (this.#socket.readyState === WebSocket.CLOSED) throw new Error('Closed before waiting.');
    const [code] = (await once(this.#socket, 'close')) as [number];
    return code;
  }

  async close(): Promise<void> {
    if (this.#socket.readyState === WebSocket.CLOSED) return;
    this.#socket.close();
    await once(this.#socket, 'close');
  }

  /** Goes without a closing handshake, as a client that crashes does. */
  vanish(): void {
    this.#socket.terminate();
  }
}

export const startCommit = { type: 'input_audio_buffer.commit' };
export const finalCommit = { type: 'input_audio_buffer.commit', final: true };

export function selectModel(model: string): object {
  return { type: 'session.update', model };
}

export function append(samples: Int16Array): object {
  const bytes = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  return { type: 'input_audio_buffer.append', audio: bytes.toString('base64') };
}

export function* chunksOf(samples: Int16Array, chunkMs: number): Generator<Int16Array> {
  const size = chunkMs * 16;
  for (let start = 0; start < samples.length; start += size) {
    yield samples.subarray(start, start + size);
  }
}
