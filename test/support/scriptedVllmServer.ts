import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { ScriptedVllmConnection } from './scriptedVllmConnection.ts';
import { defaultVllmScript } from './vllmScript.ts';
import type { VllmScript } from './vllmScript.ts';

export interface ScriptedVllmServer {
  /** `ws://127.0.0.1:port`, or `wss://` with a certificate. */
  url: string;
  port: number;
  /** Every breach of the protocol by a client, in words. Empty for a correct client. */
  violations: string[];
  /** One per accepted WebSocket, in order. */
  connections: ScriptedVllmConnection[];
  /** Headers of every upgrade request, in order. */
  upgrades: IncomingMessage['headers'][];
  close(): Promise<void>;
}

export interface ScriptedVllmServerOptions {
  /** Where to note the accepted WebSockets, for scripts that depend on them. */
  connections?: ScriptedVllmConnection[];
  /** PEM; makes the server speak TLS. */
  tls?: { key: string; cert: string };
  port?: number;
}

type ScriptOf = (connectionIndex: number) => Partial<VllmScript>;

function refuseUpgrade(socket: Duplex, refusal: NonNullable<VllmScript['refuse']>): void {
  const { status, body, headers = {} } = refusal;
  const lines = Object.entries({
    Connection: 'close',
    'Content-Length': String(Buffer.byteLength(body)),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} Refused\r\n${lines.join('')}\r\n${body}`);
}

function answerModels(server: Server, script: VllmScript): void {
  server.on('request', (request, response) => {
    const authorized =
      script.apiKey === null || request.headers.authorization === `Bearer ${script.apiKey}`;
    const found = request.url === '/v1/models';
    response.writeHead(!found ? 404 : authorized ? 200 : 401, {
      'content-type': 'application/json',
    });
    const models = script.models.map((id) => ({ id, object: 'model' }));
    response.end(JSON.stringify(found && authorized ? { object: 'list', data: models } : {}));
  });
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

/**
 * Starts a server that speaks vLLM's `/v1/realtime` and `/v1/models` as scripted, and notes every
 * breach of the protocol by its clients. A function scripts each connection by its number.
 */
export async function startScriptedVllmServer(
  script: Partial<VllmScript> | ScriptOf = {},
  options: ScriptedVllmServerOptions = {},
): Promise<ScriptedVllmServer> {
  const partialOf = typeof script === 'function' ? script : () => script;
  const scriptOf = (index: number): VllmScript => ({ ...defaultVllmScript, ...partialOf(index) });
  const server = options.tls ? createTlsServer(options.tls) : createServer();
  const sockets = new Set<Socket>();
  const answering = new WebSocketServer({ noServer: true, perMessageDeflate: true });
  const deaf = new WebSocketServer({ noServer: true, autoPong: false });
  const result: Omit<ScriptedVllmServer, 'url' | 'port' | 'close'> = {
    violations: [],
    connections: options.connections ?? [],
    upgrades: [],
  };
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {
      // A client may cut its connection at any time.
    });
  });
  answerModels(server, scriptOf(0));
  server.on('upgrade', (request, socket, head) => {
    const connectionScript = scriptOf(result.upgrades.length);
    result.upgrades.push(request.headers);
    upgrade(request, socket, head, connectionScript);
  });

  function upgrade(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    connectionScript: VllmScript,
  ): void {
    const { apiKey, refuse, neverAccept, cutUpgrade } = connectionScript;
    if (neverAccept) {
      return;
    }
    if (cutUpgrade) {
      socket.destroy();
    } else if (refuse) {
      refuseUpgrade(socket, refuse);
    } else if (request.url !== '/v1/realtime') {
      refuseUpgrade(socket, { status: 404, body: '{"detail":"Not Found"}' });
    } else if (apiKey !== null && request.headers.authorization !== `Bearer ${apiKey}`) {
      refuseUpgrade(socket, { status: 401, body: '{"error":"Unauthorized"}' });
    } else {
      const webSockets = connectionScript.noPong ? deaf : answering;
      webSockets.handleUpgrade(request, socket, head, (webSocket) => {
        const raw = request.socket;
        result.connections.push(
          new ScriptedVllmConnection(webSocket, raw, connectionScript, result.violations),
        );
      });
    }
  }

  const port = await listen(server, options.port ?? 0);
  return {
    ...result,
    port,
    url: `${options.tls ? 'wss' : 'ws'}://127.0.0.1:${port}`,
    async close() {
      for (const connection of result.connections) {
        connection.stop();
      }
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) {
        socket.destroy();
      }
      await closed;
    },
  };
}
