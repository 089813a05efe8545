import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** A name that only the proxy can resolve: whoever reaches it was sent through the proxy. */
export const proxiedName = 'asr.test';

export interface ConnectProxyOptions {
  /** PEM; the proxy itself then speaks TLS. */
  tls?: { key: string; cert: string };
  /** Answers every CONNECT so. */
  refuse?: { status: number; reason: string };
  /** Takes connections and never answers. */
  isSilent?: boolean;
  /** Writes this in the place of HTTP, and closes. */
  rubbish?: string;
}

export interface ConnectProxy {
  url: string;
  /** Host and port of every CONNECT, in order. */
  asked: string[];
  /** Every breach by a client of what a proxy expects, in words. */
  violations: string[];
  /** Connections of clients that are open now. */
  open(): number;
  close(): Promise<void>;
}

/** The address of a local server under the name that only the proxy can resolve. */
export function proxied(url: string): string {
  return url.replace('127.0.0.1', proxiedName);
}

/** Starts a strict HTTP proxy that opens tunnels to {@link proxiedName}, which is this computer. */
export async function startConnectProxy(options: ConnectProxyOptions = {}): Promise<ConnectProxy> {
  const server: Server = options.tls ? createTlsServer(options.tls) : createServer();
  const asked: string[] = [];
  const violations: string[] = [];
  const clients = new Set<Duplex>();
  const all = new Set<Duplex>();
  const keep = (socket: Duplex): void => {
    all.add(socket);
    // Either side may cut its connection at any time.
    socket.on('error', () => undefined);
    socket.on('close', () => all.delete(socket));
  };
  server.on('connection', (socket: Socket) => {
    keep(socket);
    clients.add(socket);
    socket.on('close', () => clients.delete(socket));
    if (options.rubbish !== undefined) socket.end(options.rubbish);
  });
  server.on('request', (request, response) => {
    violations.push(`${request.method ?? '?'} in the place of CONNECT`);
    response.writeHead(405).end();
  });
  server.on('connect', (request: IncomingMessage, client: Duplex, head: Buffer) => {
    const target = request.url ?? '';
    asked.push(target);
    keep(client);
    violations.push(...breaches(request, head));
    if (options.isSilent) {
      // Only what is read ends.
      client.on('end', () => client.destroy()).resume();
      return;
    }
    const [name, port] = target.split(':');
    if (options.refuse) refuse(client, options.refuse);
    else if (name !== proxiedName) refuse(client, { status: 502, reason: 'Bad Gateway' });
    else join(client, connect(Number(port), '127.0.0.1'), keep);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    asked,
    violations,
    open: () => clients.size,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of all) socket.destroy();
      await closed;
    },
  };
}

/** What is for the endpoint must not be told to the proxy. */
function breaches({ url, headers, httpVersion }: IncomingMessage, head: Buffer): string[] {
  const others = Object.keys(headers).filter(
    (name) => !['host', 'proxy-connection'].includes(name),
  );
  return [
    ...others.map((name) => `CONNECT with ${name}`),
    ...(headers.host === url ? [] : [`CONNECT ${url ?? ''} with host ${headers.host ?? 'none'}`]),
    ...(httpVersion === '1.1' ? [] : [`CONNECT in HTTP ${httpVersion}`]),
    ...(head.length === 0 ? [] : ['bytes before the way was open']),
  ];
}

function refuse(client: Duplex, { status, reason }: { status: number; reason: string }): void {
  client.end(`HTTP/1.1 ${status} ${reason}\r\nContent-Length: 3\r\n\r\nno\n`);
}

function join(client: Duplex, endpoint: Socket, keep: (socket: Duplex) => void): void {
  keep(endpoint);
  endpoint.once('connect', () => {
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    client.pipe(endpoint).pipe(client);
  });
  endpoint.once('error', () => {
    refuse(client, { status: 502, reason: 'Bad Gateway' });
  });
  endpoint.once('close', () => client.destroy());
  client.once('close', () => endpoint.destroy());
}
