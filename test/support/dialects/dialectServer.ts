import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';

/** What a scripted server recognises, and how it misbehaves. */
export interface SpeechScript {
  /** Given out one by one as audio comes; the final text is all of them, joined by spaces. */
  words: string[];
  /** A further word is heard after so many audio messages. */
  messagesPerWord: number;
  /** The only key that is let in; null: any, and none. */
  apiKey: string | null;
  /** Answers the upgrade with this status. */
  refuseStatus: number | null;
  /** Cuts the connection after so many audio messages. */
  cutAfterMessages: number | null;
  /** Closes a WebSocket after so many audio messages, and says nothing of it before. */
  closeAfterMessages: { messages: number; code: number } | null;
  /** Says nothing more after so many audio messages, but keeps the connection. */
  freezeAfterMessages: number | null;
  /** Sends the protocol's fatal error after so many audio messages. */
  errorAfterMessages: number | null;
  /** Never says that the text is complete. */
  neverDone: boolean;
}

export const defaultSpeechScript: SpeechScript = {
  words: ['the', 'quick', 'brown', 'fox'],
  messagesPerWord: 1,
  apiKey: null,
  refuseStatus: null,
  cutAfterMessages: null,
  closeAfterMessages: null,
  freezeAfterMessages: null,
  errorAfterMessages: null,
  neverDone: false,
};

/** A frame that went over the wire. */
export interface WireFrame {
  from: 'client' | 'server';
  data: string | Buffer;
}

/** One connection, as the protocol's side of the server sees it. */
export interface ServerConnection {
  script: SpeechScript;
  request: IncomingMessage;
  send(message: object | string | Uint8Array): void;
  close(code: number, reason?: string): void;
  /** Calls back later, unless the connection is gone by then. */
  later(ms: number, act: () => void): void;
  /** A breach of the protocol by the client. */
  violation(what: string): void;
  /**
   * Audio that came, as 16-bit samples at the rate the client was told to send. Call it once for
   * each audio message, before answering it.
   * @returns false where nothing must be answered: the connection is cut or frozen, or the error is due.
   */
  heard(pcm: Uint8Array): boolean;
}

/** The protocol's side of one connection. Whatever it is not sure of is a violation. */
export interface ServerProtocol {
  opened?(): void;
  text(text: string): void;
  binary(bytes: Buffer): void;
  /** Says the protocol's fatal error, in the place of an answer. */
  fail(): void;
}

export interface DialectServerKind {
  /** Id of the dialect that the server speaks. */
  dialect: string;
  /** Paths at which it takes WebSockets, without the query. */
  paths: string[];
  /** The subprotocol to answer with; default none. */
  subprotocol?: (offered: ReadonlySet<string>) => string | false;
  /** The key in a request, null where there is none. Default: `Authorization: Bearer`. */
  keyOf?: (request: IncomingMessage) => string | null;
  /** Headers of every refusal to upgrade. */
  refusalHeaders?: Readonly<Record<string, string>>;
  /** Answers plain HTTP; default 404. Returns false for what it does not know. */
  http?: (
    request: IncomingMessage,
    response: ServerResponse,
    server: RunningDialectServer,
  ) => boolean;
  protocol: (connection: ServerConnection) => ServerProtocol;
}

export interface RunningDialectServer {
  /** `ws://127.0.0.1:port` */
  url: string;
  script: SpeechScript;
  /** Every breach of the protocol by a client, in words. */
  violations: string[];
  /** Frames of each connection, in order. */
  wire: WireFrame[][];
  /** Audio that each connection brought, as 16-bit samples. */
  pcm(connection?: number): Buffer;
  /** Requests of all kinds, in order. */
  requests: IncomingMessage[];
  close(): Promise<void>;
}

function bearerKey({ headers }: IncomingMessage): string | null {
  return headers.authorization?.replace(/^Bearer /, '') ?? null;
}

/** Starts a server that speaks a protocol strictly and notes every breach of it by its clients. */
export async function startDialectServer(
  kind: DialectServerKind,
  overrides: Partial<SpeechScript> = {},
): Promise<RunningDialectServer> {
  const script = { ...defaultSpeechScript, ...overrides };
  const server = createServer();
  const sockets = new Set<Socket>();
  const heard: Buffer[][] = [];
  const running: Omit<RunningDialectServer, 'url' | 'close'> = {
    script,
    violations: [],
    wire: [],
    requests: [],
    pcm: (connection = 0) => Buffer.concat(heard[connection] ?? []),
  };
  const webSockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    handleProtocols: (offered) => kind.subprotocol?.(offered) ?? false,
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {
      // A client may cut its connection at any time.
    });
  });
  server.on('upgrade', (request, socket, head) => {
    running.requests.push(request);
    const status = refusalOf(kind, script, request);
    if (status !== null) {
      refuse(socket, status, kind.refusalHeaders);
      return;
    }
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      const pcm: Buffer[] = [];
      const wire: WireFrame[] = [];
      heard.push(pcm);
      running.wire.push(wire);
      serve(kind, { script, request, webSocket, pcm, wire, violations: running.violations });
    });
  });
  const url = `ws://127.0.0.1:${await listen(server)}`;
  const all: RunningDialectServer = {
    ...running,
    url,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
  server.on('request', (request, response) => {
    running.requests.push(request);
    if (kind.http?.(request, response, all) === true) return;
    response.writeHead(404).end();
  });
  return all;
}

function refusalOf(
  kind: DialectServerKind,
  script: SpeechScript,
  request: IncomingMessage,
): number | null {
  if (script.refuseStatus !== null) return script.refuseStatus;
  const { pathname } = new URL(request.url ?? '/', 'ws://host');
  if (!kind.paths.includes(pathname)) return 404;
  const key = (kind.keyOf ?? bearerKey)(request);
  return script.apiKey !== null && key !== script.apiKey ? 401 : null;
}

function refuse(socket: Duplex, status: number, more: Readonly<Record<string, string>> = {}): void {
  const headers = { Connection: 'close', 'Content-Length': '0', ...more };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} Refused\r\n${lines.join('')}\r\n`);
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

interface Accepted {
  script: SpeechScript;
  request: IncomingMessage;
  webSocket: WebSocket;
  pcm: Buffer[];
  wire: WireFrame[];
  violations: string[];
}

function serve(kind: DialectServerKind, accepted: Accepted): void {
  const { script, request, webSocket, pcm, wire, violations } = accepted;
  const timers = new Set<NodeJS.Timeout>();
  let messages = 0;
  let silent = false;
  const connection: ServerConnection = {
    script,
    request,
    send(message) {
      if (silent || webSocket.readyState !== webSocket.OPEN) return;
      const isFrame = typeof message === 'string' || message instanceof Uint8Array;
      const data = isFrame ? message : JSON.stringify(message);
      wire.push({ from: 'server', data: typeof data === 'string' ? data : Buffer.from(data) });
      webSocket.send(data);
    },
    close(code, reason = '') {
      if (!silent) webSocket.close(code, reason);
    },
    later(ms, act) {
      const timer = setTimeout(() => {
        timers.delete(timer);
        act();
      }, ms);
      timers.add(timer);
    },
    violation(what) {
      violations.push(what);
    },
    heard(bytes) {
      pcm.push(Buffer.from(bytes));
      messages += 1;
      if (messages === script.cutAfterMessages) {
        silent = true;
        webSocket.terminate();
      } else if (messages === script.closeAfterMessages?.messages) {
        silent = true;
        webSocket.close(script.closeAfterMessages.code);
      } else if (messages === script.freezeAfterMessages) {
        silent = true;
      } else if (messages === script.errorAfterMessages) {
        protocol.fail();
        silent = true;
      }
      return !silent;
    },
  };
  const protocol = kind.protocol(connection);
  webSocket.on('message', (data: Buffer, isBinary: boolean) => {
    wire.push({ from: 'client', data: isBinary ? Buffer.from(data) : data.toString('utf8') });
    if (isBinary) protocol.binary(data);
    else protocol.text(data.toString('utf8'));
  });
  webSocket.on('close', () => {
    for (const timer of timers) clearTimeout(timer);
  });
  webSocket.on('error', () => {
    // A client may cut its connection at any time.
  });
  protocol.opened?.();
}

/** Gives out a script's words as audio comes. */
export class SpokenWords {
  readonly #script: SpeechScript;
  #messages = 0;
  #heard = 0;

  constructor(script: SpeechScript) {
    this.#script = script;
  }

  /** An audio message came: whether a further word was heard. */
  advance(): boolean {
    this.#messages += 1;
    const due = Math.floor(this.#messages / this.#script.messagesPerWord);
    if (this.#heard >= Math.min(due, this.#script.words.length)) return false;
    this.#heard += 1;
    return true;
  }

  /** All words that were heard so far. */
  get words(): string[] {
    return this.#script.words.slice(0, this.#heard);
  }

  /** The audio is over: everything was heard. */
  finish(): string[] {
    this.#heard = this.#script.words.length;
    return this.words;
  }
}
