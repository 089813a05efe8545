import { request as httpRequest } from 'node:http';
import type { Agent } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { proxyFor } from '../common/proxyAddress.ts';
import { proxyRefusal, proxyTimeout, proxyUnreachable, type BlockedWay } from './proxyError.ts';
import type { TransportError } from './transportError.ts';

/** The way of one connection through a proxy. */
export class ProxyTunnel {
  readonly #way: BlockedWay;
  readonly #url: URL;
  readonly #agent: TunnelAgent;
  readonly #abort = new AbortController();

  /** @param proxy an origin. */
  constructor(proxy: string, url: string) {
    this.#url = new URL(url);
    this.#way = { proxy, target: targetOf(this.#url) };
    this.#agent = new TunnelAgent(this.#way, isSecure(this.#url), this.#abort.signal);
  }

  /** For one request. Its errors are {@link TransportError}s until the way is open. */
  get agent(): Agent {
    return this.#agent;
  }

  /** A connection for HTTP/2, which takes no agent. TLS is under way where the address has it. */
  http2Socket(): Promise<Socket> {
    const request = isSecure(this.#url) ? httpsRequest : httpRequest;
    return new Promise((resolve, reject) => {
      this.#agent.handOver = resolve;
      // It makes the agent connect, gets no socket, and sends nothing.
      request(this.#url, { agent: this.#agent }).on('error', reject);
    });
  }

  /** The error for a time limit that is over; null where the proxy has done its part. */
  timeout(limitMs: number): TransportError | null {
    return this.#agent.isOpen ? null : proxyTimeout(this.#way, limitMs);
  }

  /** Gives up a way that is not open yet. An open one ends with what goes through it. */
  close(): void {
    if (!this.#agent.isOpen) this.#abort.abort();
  }
}

/** The way to an address; null where it is reached straight. */
export function tunnelTo(url: string, proxy: string | null): ProxyTunnel | null {
  const through = proxyFor(url, proxy);
  return through === null ? null : new ProxyTunnel(through, url);
}

function isSecure({ protocol }: URL): boolean {
  return protocol === 'https:' || protocol === 'wss:';
}

function targetOf(url: URL): string {
  const usualPort = isSecure(url) ? '443' : '80';
  return `${url.hostname}:${url.port || usualPort}`;
}

type Connect = HttpsProxyAgent<string>['connect'];

/** Asks the proxy for a way, and says what was wrong in words of ours. */
class TunnelAgent extends HttpsProxyAgent<string> {
  readonly #way: BlockedWay;
  readonly #isSecure: boolean;
  isOpen = false;
  /** Takes the socket in the request's place. */
  handOver: ((socket: Socket) => void) | null = null;

  constructor(way: BlockedWay, secure: boolean, signal: AbortSignal) {
    // The library passes what it does not know on to the socket, which ends with the signal.
    super(way.proxy, { signal });
    this.#way = way;
    this.#isSecure = secure;
  }

  /** The library would look through the call stack for it. */
  override isSecureEndpoint(): boolean {
    return this.#isSecure;
  }

  override async connect(...[request, options]: Parameters<Connect>): Promise<Socket> {
    let answer = { statusCode: 0, statusText: '' };
    this.once('proxyConnect', (given: typeof answer) => {
      answer = given;
    });
    const protocols = this.handOver ? { ALPNProtocols: ['h2'] } : {};
    let socket: Socket;
    try {
      socket = await super.connect(request, { ...options, ...protocols });
    } catch (error) {
      throw proxyUnreachable(this.#way, error);
    }
    if (answer.statusCode !== 200) {
      // The library would pass the proxy's refusal off as the endpoint's answer.
      socket.destroy();
      throw proxyRefusal(this.#way, answer);
    }
    this.isOpen = true;
    if (!this.handOver) return socket;
    this.handOver(socket);
    return new Promise<never>(() => undefined);
  }
}
