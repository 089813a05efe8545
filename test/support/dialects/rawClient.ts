import { WebSocket } from 'ws';

/** A client that knows no protocol and says what it is told to. */
export interface RawClient {
  /** What the server said, in order. */
  said: string[];
  /** How the server closed; null until it did. */
  closeCode: () => number | null;
  send(data: string | Uint8Array): void;
  /** Resolves when the server said something that matches, or closed. */
  heard(pattern: RegExp): Promise<void>;
  /** Resolves when the server has read all that was sent. */
  pong(): Promise<void>;
  close(): void;
}

/** Connects to a WebSocket server. */
export async function connectRaw(
  url: string,
  headers: Record<string, string> = {},
): Promise<RawClient> {
  const socket = new WebSocket(url, { headers });
  const said: string[] = [];
  let closeCode: number | null = null;
  let waiting: (() => void)[] = [];
  const wake = (): void => {
    const all = waiting;
    waiting = [];
    for (const go of all) go();
  };
  socket.on('message', (data: Buffer) => {
    said.push(data.toString('utf8'));
    wake();
  });
  socket.on('close', (code) => {
    closeCode = code;
    wake();
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return {
    said,
    closeCode: () => closeCode,
    send(data) {
      socket.send(data);
    },
    async heard(pattern) {
      while (closeCode === null && !said.some((text) => pattern.test(text))) {
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
        });
      }
    },
    pong: () =>
      new Promise((resolve) => {
        socket.once('pong', () => {
          resolve();
        });
        socket.ping();
      }),
    close() {
      socket.terminate();
    },
  };
}
