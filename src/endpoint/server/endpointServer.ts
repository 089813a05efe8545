import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { RawData, WebSocket } from 'ws';
import { errorText } from '../../common/benchError.ts';
import { endpointPaths, openaiIntent } from '../endpointAddresses.ts';
import { EndpointError } from '../endpointError.ts';
import type { EndpointMetadata } from '../endpointMetadata.ts';
import type { RecogniserThread } from '../recogniser/recogniserThread.ts';
import { readBody, refuseUpgrade, respondJson } from './httpReplies.ts';
import { OpenaiSession } from './openaiSession.ts';
import { RealtimeSession } from './realtimeSession.ts';
import { RequestError } from './requestError.ts';
import { SglangM1Session } from './sglangM1Session.ts';
import { SglangSession } from './sglangSession.ts';
import type { SessionPorts, SocketSession } from './socketSession.ts';
import { maxUploadBytes } from './transcriptionForm.ts';
import { TranscriptionSession } from './transcriptionSession.ts';
import { VoskSession } from './voskSession.ts';

const host = '127.0.0.1';
const maxMessageBytes = 16 * 1024 * 1024;
/** Of a whole upload: it may come in real time. */
const requestTimeoutMs = 3600 * 1000;
/** Beside the file. */
const maxFormBytes = 1024 * 1024;
const goingAway = 1001;
const retryAfterS = 1;

type SessionClass = new (ports: SessionPorts) => SocketSession;

const sessionsByPath = new Map<string, SessionClass>([
  [endpointPaths.realtime, RealtimeSession],
  [endpointPaths.sglang, SglangSession],
  [endpointPaths.sglangM1, SglangM1Session],
  [endpointPaths.vosk, VoskSession],
]);

/** HTTP and WebSocket on the loopback interface: protocol only, the recogniser has its own thread. */
export class EndpointServer {
  readonly #recogniser: RecogniserThread;
  readonly #metadata: EndpointMetadata;
  readonly #http: Server;
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes });
  readonly #uploads = new Set<TranscriptionSession>();
  readonly #startedS = Math.floor(Date.now() / 1000);

  constructor(recogniser: RecogniserThread, metadata: EndpointMetadata) {
    this.#recogniser = recogniser;
    this.#metadata = metadata;
    this.#http = createServer({ requestTimeout: requestTimeoutMs }, (request, response) => {
      this.#respond(request, response);
    });
    this.#http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      this.#upgrade(request, socket, head);
    });
  }

  /**
   * Listens on `port`, or on a free one for 0, and gives the port.
   *
   * @throws EndpointError `listen_failed`, for example when the port is taken.
   */
  listen(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#http.once('error', (error) => {
        reject(listenFailed(port, error));
      });
      this.#http.listen(port, host, () => {
        const address = this.#http.address();
        resolve(typeof address === 'object' && address !== null ? address.port : port);
      });
    });
  }

  /** Refuses new connections and closes those there are. */
  close(): void {
    for (const socket of this.#sockets.clients) socket.close(goingAway, 'shutting down');
    this.#http.close();
    this.#http.closeAllConnections();
  }

  #respond(request: IncomingMessage, response: ServerResponse): void {
    const { pathname: path } = addressOf(request);
    if (sessionsByPath.has(path)) {
      response.setHeader('Upgrade', 'websocket');
      respondJson(response, 426, problem('This path speaks WebSocket.', 'upgrade_required'));
    } else if (path === endpointPaths.upload) {
      if (isMethod('POST', request, response)) void this.#transcribe(request, response);
    } else if (path !== '/health' && path !== '/v1/models') {
      respondJson(response, 404, problem(`There is nothing at ${path}.`, 'not_found'));
    } else if (isMethod('GET', request, response)) {
      respondJson(response, 200, path === '/health' ? this.#health() : this.#models());
    }
  }

  async #transcribe(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.#isFull()) {
      response.setHeader('Retry-After', String(retryAfterS));
      respondJson(response, 503, this.#overloaded());
      return;
    }
    const session = this.#openUpload(response);
    let body: Uint8Array | null;
    try {
      body = await readBody(request, maxUploadBytes + maxFormBytes);
    } catch {
      // The client went away half-way.
      response.destroy();
      return;
    }
    if (body === null) {
      const error = new RequestError('BadRequestError', 'Maximum file size exceeded', 'file');
      respondJson(response, error.status, error.body);
    } else {
      await session.answer(body, request.headers['content-type'] ?? '');
    }
  }

  #openUpload(response: ServerResponse): TranscriptionSession {
    const session = new TranscriptionSession({
      modelId: this.#metadata.model,
      openUtterance: (listener) => this.#recogniser.open(listener),
      respond: (status, contentType, body) => {
        response.writeHead(status, { 'Content-Type': contentType }).end(body);
      },
      write: (text) => {
        if (!response.headersSent) {
          response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8' });
        }
        response.write(text);
      },
      endStream: () => {
        response.end();
      },
    });
    this.#uploads.add(session);
    const leave = (): void => {
      session.close();
      this.#uploads.delete(session);
    };
    response.once('finish', leave);
    response.once('close', leave);
    return session;
  }

  /** Clocks run since the process started: take the difference of two readings. */
  #health(): Record<string, unknown> {
    const { user, system } = process.cpuUsage();
    return {
      status: 'ok',
      sessions: this.#openSessions(),
      uptimeMs: Math.round(process.uptime() * 1000),
      recogniserBusyMs: Math.round(this.#recogniser.busyMs),
      processCpuMs: Math.round((user + system) / 1000),
    };
  }

  #models(): Record<string, unknown> {
    const { model, ...facts } = this.#metadata;
    const entry = { id: model, object: 'model', created: this.#startedS, owned_by: 'rtbench' };
    return { object: 'list', data: [{ ...entry, ...facts }] };
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => {
      socket.destroy();
    });
    const address = addressOf(request);
    const Session = sessionClassFor(address);
    if (Session === undefined) {
      const { pathname: path } = address;
      refuseUpgrade(socket, 404, problem(`There is no WebSocket at ${path}.`, 'not_found'), {});
    } else if (this.#isFull()) {
      refuseUpgrade(socket, 503, this.#overloaded(), { 'Retry-After': String(retryAfterS) });
    } else {
      this.#sockets.handleUpgrade(request, socket, head, (webSocket) => {
        this.#serve(webSocket, Session);
      });
    }
  }

  #serve(socket: WebSocket, Session: SessionClass): void {
    const session = new Session({
      modelId: this.#metadata.model,
      send: (frame) => {
        if (socket.readyState === socket.OPEN) socket.send(frame);
      },
      end: (code, reason) => {
        socket.close(code, reason);
      },
      openUtterance: (listener) => this.#recogniser.open(listener),
    });
    socket.on('message', (data: RawData, isBinary: boolean) => {
      if (isBinary) session.binary(data as Buffer);
      else session.text((data as Buffer).toString('utf8'));
    });
    socket.on('close', () => {
      session.close();
    });
    // Ends in `close` as well: an oversize or malformed frame, or a reset connection.
    socket.on('error', () => {
      session.close();
    });
    session.open();
  }

  /** A client that has said goodbye makes room at once, before its socket is gone. */
  #openSessions(): number {
    const sockets = [...this.#sockets.clients].filter(
      ({ readyState, OPEN }) => readyState === OPEN,
    );
    return sockets.length + this.#uploads.size;
  }

  #isFull(): boolean {
    return this.#openSessions() >= this.#metadata.maxSessions;
  }

  #overloaded(): Record<string, unknown> {
    const { maxSessions, runtime } = this.#metadata;
    return problem(
      `The embedded endpoint already serves ${maxSessions} sessions, which is its limit with the ` +
        `${runtime} runtime. Lower the concurrency, or raise its session limit.`,
      'too_many_sessions',
    );
  }
}

function problem(message: string, code: string): Record<string, unknown> {
  return { error: { message, type: 'endpoint_error', code } };
}

function addressOf(request: IncomingMessage): URL {
  return new URL(request.url ?? '/', `http://${host}`);
}

/** vLLM and OpenAI have the same path; only OpenAI's clients say what they intend. */
function sessionClassFor({ pathname, searchParams }: URL): SessionClass | undefined {
  const isOpenai = searchParams.get('intent') === openaiIntent;
  return pathname === endpointPaths.realtime && isOpenai
    ? OpenaiSession
    : sessionsByPath.get(pathname);
}

function isMethod(
  method: 'GET' | 'POST',
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  if (request.method === method) return true;
  response.setHeader('Allow', method);
  respondJson(response, 405, problem(`Only ${method} is served here.`, 'method_not_allowed'));
  return false;
}

function listenFailed(port: number, error: Error): EndpointError {
  return new EndpointError(
    'listen_failed',
    `The embedded endpoint cannot listen on ${host}:${port}: ${errorText(error)}. ` +
      'Choose another port, or 0 for any free one.',
    { cause: error },
  );
}
