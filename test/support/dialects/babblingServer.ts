import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import type { ServerHttp2Stream } from 'node:http2';
import type { AddressInfo, Server, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocketServer } from 'ws';
import { EventStreamLine, UploadLine, WebSocketLine } from './babblingLines.ts';
import type { BabblingLine, Transport } from './babblingLines.ts';
import type { Babble, Door, Wait } from './babble.ts';
import type { Frame } from './recordedConversation.ts';

const pauseMs = 8;

export interface BabblingServer {
  /** `127.0.0.1:port` */
  host: string;
  /** What the session does, told by the session. */
  moments: Moments;
  /** Whole frames that were sent, in order, over all its lines. */
  sent: Frame[];
  /** So many of them were sent before anything that makes the rest uncertain; null: all were. */
  certain: () => number | null;
  /** So many of them are known to have reached the client's socket. */
  acknowledged: () => number;
  close(): Promise<void>;
}

/** Starts a server that babbles at whoever connects, over the transport of the dialect. */
export async function startBabblingServer(
  babble: Babble,
  transport: Transport,
): Promise<BabblingServer> {
  const moments = new Moments();
  const lines: BabblingLine[] = [];
  const sent: Frame[] = [];
  const begin = (line: BabblingLine): void => {
    lines.push(line);
    void play(babble, line, moments);
  };
  const server =
    transport === 'event-stream'
      ? http2Server(babble, sent, begin)
      : httpServer(babble, transport, sent, begin);
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', ignore);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    moments,
    sent,
    certain: () => lines.find((line) => line.certain !== null)?.certain ?? null,
    acknowledged: () => Math.max(0, ...lines.map((line) => line.acknowledged)),
    async close() {
      moments.stop();
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function ignore(): void {
  // A client may cut its connection at any time.
}

/** What the session does, for a server that waits for it. */
export class Moments {
  #messages = 0;
  #hasEnded = false;
  #isOver = false;
  #waiting: (() => void)[] = [];

  /** A message with audio was sent. */
  audio(): void {
    this.#messages += 1;
    this.#change();
  }

  /** The audio is over. */
  end(): void {
    this.#hasEnded = true;
    this.#change();
  }

  stop(): void {
    this.#isOver = true;
    this.#change();
  }

  /** Each message is waited for once. */
  async passed(wait: Wait): Promise<void> {
    if (wait === 'pause') await sleep(pauseMs);
    if (wait === 'soon') await Promise.race([sleep(pauseMs), this.passed('message')]);
    while (!this.#isPast(wait)) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
    if (wait === 'message') this.#messages -= 1;
  }

  #isPast(wait: Wait): boolean {
    if (this.#isOver || (wait !== 'message' && wait !== 'end')) return true;
    return this.#hasEnded || (wait === 'message' && this.#messages > 0);
  }

  #change(): void {
    for (const go of this.#waiting.splice(0)) go();
  }
}

async function play(
  { steps, ending }: Babble,
  line: BabblingLine,
  moments: Moments,
): Promise<void> {
  for (const { after, act } of steps) {
    await moments.passed(after);
    if (!line.isOpen) return;
    await line.act(act);
  }
  await moments.passed(ending.after);
  if (line.isOpen) line.end(ending.how);
}

function httpServer(
  babble: Babble,
  transport: Transport,
  sent: Frame[],
  begin: (line: BabblingLine) => void,
): Server {
  const server = createServer();
  const webSockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => [...offered][0] ?? false,
  });
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    if (!passes(babble.door, socket)) return;
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      begin(new WebSocketLine(webSocket, socket, sent));
    });
  });
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (transport === 'upload') {
      if (!passes(babble.door, request.socket)) return;
      begin(new UploadLine(request, response, babble.contentType, sent));
    } else answer(babble.answer, request, response);
  });
  server.on('clientError', ignore);
  return server;
}

function answer(said: Babble['answer'], request: IncomingMessage, response: ServerResponse): void {
  if (typeof said === 'object' && 'body' in said && !('status' in said)) response.end(said.body);
  else if (passes(said, request.socket)) response.end('{}');
}

/** Whether the connection is taken; where not, what is to happen has happened. */
function passes(door: Door, socket: Socket): boolean {
  if (door === 'open') return true;
  if (door === 'cut') socket.destroy();
  else if (door !== 'silent' && 'bytes' in door) socket.write(door.bytes);
  else if (door !== 'silent') {
    const body = Buffer.from(door.body);
    socket.write(`HTTP/1.1 ${door.status} So\r\nContent-Length: ${body.length}\r\n\r\n`);
    socket.write(body);
  }
  return false;
}

function http2Server({ door }: Babble, sent: Frame[], begin: (line: BabblingLine) => void): Server {
  const server = createHttp2Server();
  let socket: Socket | null = null;
  server.on('connection', (connection: Socket) => {
    socket = connection;
  });
  server.on('sessionError', ignore);
  server.on('session', (session) => session.on('error', ignore));
  server.on('stream', (stream: ServerHttp2Stream) => {
    stream.on('error', ignore);
    if (door === 'open') begin(new EventStreamLine(stream, socket!, sent));
    else if (door === 'cut') socket?.destroy();
    else if (door !== 'silent' && 'bytes' in door) socket?.write(door.bytes);
    else if (door !== 'silent') {
      stream.respond({ ':status': door.status });
      stream.end(door.body);
    }
  });
  return server;
}
