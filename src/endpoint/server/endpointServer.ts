import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { RawData, WebSocket } from 'ws';
import { errorText } from '../../common/benchError.ts';
import { EndpointError } from '../endpointError.ts';
import type { EndpointMetadata } from '../endpointMetadata.ts';
import type { RecogniserThread } from '../recogniser/recogniserThread.ts';
import { refuseUpgrade, respondJson } from './httpReplies.ts';
import { RealtimeSession } from './realtimeSession.ts';

const host = '127.0.0.1';
const realtimePath = '/v1/realtime';
const maxMessageBytes = 16 * 1024 * 1024;
const unsupportedData = 1003;
const goingAway = 1001;
const retryAfterS = 1;

/** HTTP and WebSocket on the loopback interface: protocol only, the recogniser has its own thread. */
export class EndpointServer {
  readonly #recogniser: RecogniserThread;
  readonly #metadata: EndpointMetadata;
  readonly #http: Server;
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes });
  readonly #startedS = Math.floor(Date.now() / 1000);

  constructor(recogniser: RecogniserThread, metadata: EndpointMetadata) {
    this.#recogniser = recogniser;
    this.#metadata = metadata;
    this.#http = createServer((request, response) => {
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
    const path = pathOf(request);
    if (path === realtimePath) {
      response.setHeader('Upgrade', 'websocket');
      respondJson(response, 426, problem('This path speaks WebSocket.', 'upgrade_required'));
    } else if (path !== '/health' && path !== '/v1/models') {
      respondJson(response, 404, problem(`There is nothing at ${path}.`, 'not_found'));
    } else if (request.method !== 'GET') {
      response.setHeader('Allow', 'GET');
      respondJson(response, 405, problem('Only GET is served here.', 'method_not_allowed'));
    } else {
      respondJson(response, 200, path === '/health' ? this.#health() : this.#models());
    }
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
    const path = pathOf(request);
    if (path !== realtimePath) {
      refuseUpgrade(socket, 404, problem(`There is no WebSocket at ${path}.`, 'not_found'), {});
    } else if (this.#openSessions() >= this.#metadata.maxSessions) {
      refuseUpgrade(socket, 503, this.#overloaded(), { 'Retry-After': String(retryAfterS) });
    } else {
      this.#sockets.handleUpgrade(request, socket, head, (webSocket) => {
        this.#serve(webSocket);
      });
    }
  }

  #serve(socket: WebSocket): void {
    const session = new RealtimeSession({
      modelId: this.#metadata.model,
      send: (frame) => {
        if (socket.readyState === socket.OPEN) socket.send(frame);
      },
      openUtterance: (listener) => this.#recogniser.open(listener),
    });
    socket.on('message', (data: RawData, isBinary: boolean) => {
      if (isBinary) socket.close(unsupportedData, 'text frames only');
      else session.receive((data as Buffer).toString('utf8'));
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
    return [...this.#sockets.clients].filter(({ readyState, OPEN }) => readyState === OPEN).length;
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

function pathOf(request: IncomingMessage): string {
  return new URL(request.url ?? '/', `http://${host}`).pathname;
}

function listenFailed(port: number, error: Error): EndpointError {
  return new EndpointError(
    'listen_failed',
    `The embedded endpoint cannot listen on ${host}:${port}: ${errorText(error)}. ` +
      'Choose another port, or 0 for any free one.',
    { cause: error },
  );
}
