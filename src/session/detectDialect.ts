import { monotonicClock } from '../common/clock.ts';
import type { WebSocketRequest } from '../common/connectionRequest.ts';
import { BenchError, errorText } from '../common/benchError.ts';
import type { Dialect, DialectSettings } from '../dialects/dialect.ts';
import { sanitiseText } from '../transport/sanitiseText.ts';
import type { TransportReason } from '../transport/transportError.ts';
import { WebSocketTransport } from '../transport/webSocketTransport.ts';

export interface DetectOptions {
  apiKey: string | null;
  connectMs: number;
  /** How long a server may take to say its first words. */
  helloMs: number;
  /** Origin of the proxy to go through, except to this computer itself; null for none. */
  proxy: string | null;
  signal?: AbortSignal;
}

/**
 * What a wait may take once one was in vain, as a share: there are many paths, some servers let or
 * keep every one of them waiting, and those that greet do so soon.
 */
const laterShare = 0.2;

/** What speaks at an address. */
export type Detection =
  /** The address or its first message says it. */
  | { kind: 'recognised'; dialect: Dialect; because: string }
  /** Something takes WebSockets there and waits for the client: it may be one of these. */
  | { kind: 'silent'; candidates: Dialect[]; because: string }
  /** Something speaks there that none of the protocols says. */
  | { kind: 'unknown'; because: string }
  /** Nothing takes WebSockets there. */
  | { kind: 'unreachable'; because: string };

/**
 * Finds out what speaks at an address without sending audio: by the host of a hosted service, then
 * by the first message at the paths where protocols have their servers, one after the other.
 * @throws BenchError `request_invalid` for an address that is none, and what `signal` gives.
 */
export async function detectDialect(
  url: string,
  dialects: readonly Dialect[],
  options: DetectOptions,
): Promise<Detection> {
  const byHost = dialectOfHost(url, dialects);
  if (byHost) return recognised(byHost, `${new URL(url).host} is a host of ${byHost.label}`);
  let silent: Detection | null = null;
  let unknown: Detection | null = null;
  const refusals: string[] = [];
  const silentPaths = new Set<string>();
  let patience = options;
  const waitedInVain = (): void => {
    const { connectMs, helloMs } = options;
    patience = { ...options, connectMs: connectMs * laterShare, helloMs: helloMs * laterShare };
  };
  for (const request of doorsOf(url, dialects, options.apiKey)) {
    // What says nothing will say nothing to other parameters either, and every wait is long.
    if (silentPaths.has(pathOf(request))) continue;
    const heard = await listen(request, patience);
    if (heard.kind === 'refused') {
      // It would fail alike at the other paths, and perhaps as slowly.
      if (heard.reason === 'proxy_failed') return { kind: 'unreachable', because: heard.because };
      refusals.push(heard.because);
      if (heard.reason === 'connect_timeout') waitedInVain();
    } else if (heard.kind === 'silent') {
      silentPaths.add(pathOf(request));
      waitedInVain();
      silent ??= silentAt(request, url, dialects);
    } else {
      const dialect = dialects.find((each) => each.recognises?.(heard.frame) === true);
      const because = `its first message at ${pathOf(request)} is ${quote(heard.frame)}`;
      if (dialect) return recognised(dialect, because);
      unknown ??= { kind: 'unknown', because };
    }
  }
  return unknown ?? silent ?? { kind: 'unreachable', because: refusals[0] ?? 'Nothing was tried.' };
}

function recognised(dialect: Dialect, because: string): Detection {
  return { kind: 'recognised', dialect, because };
}

/** Hosted services are known by their names; what runs on this computer may be anything. */
function dialectOfHost(url: string, dialects: readonly Dialect[]): Dialect | undefined {
  if (!URL.canParse(url)) return undefined;
  const { hostname, pathname } = new URL(url);
  if (hostname === 'localhost') return undefined;
  const ofHost = dialects.filter(({ exampleUrl }) => new URL(exampleUrl).hostname === hostname);
  return ofHost.find(({ exampleUrl }) => new URL(exampleUrl).pathname === pathname) ?? ofHost[0];
}

/** The requests that different protocols would open a WebSocket with, each address once. */
function doorsOf(
  url: string,
  dialects: readonly Dialect[],
  apiKey: string | null,
): WebSocketRequest[] {
  const doors = new Map<string, WebSocketRequest>();
  let problem: unknown = null;
  for (const dialect of dialects) {
    try {
      const request = dialect.request(settingsFor(url, dialect), apiKey);
      if (request.transport !== 'websocket') continue;
      const { pathname, search } = new URL(request.url);
      const door = pathname + search;
      if (!doors.has(door)) doors.set(door, request);
    } catch (error) {
      problem ??= error;
    }
  }
  if (doors.size === 0 && problem instanceof BenchError) throw problem;
  // A server may make another kind of session where its parameters are not given; others ignore them.
  return [...doors.values()].toSorted((a, b) => searchOf(b).length - searchOf(a).length);
}

function settingsFor(url: string, { defaultModel }: Dialect): DialectSettings {
  return { url, model: defaultModel ?? 'unknown', language: null, options: {} };
}

function searchOf(request: { url: string }): string {
  return new URL(request.url).search;
}

function pathOf(request: { url: string }): string {
  return new URL(request.url).pathname;
}

function silentAt(request: WebSocketRequest, url: string, dialects: readonly Dialect[]): Detection {
  const path = pathOf(request);
  const candidates = dialects.filter((dialect) => {
    if (dialect.recognises) return false;
    try {
      const own = dialect.request(settingsFor(url, dialect), null);
      return own.transport === 'websocket' && pathOf(own) === path;
    } catch {
      return false;
    }
  });
  return { kind: 'silent', candidates, because: `it takes WebSockets at ${path} and says nothing` };
}

type Heard =
  | { kind: 'frame'; frame: string | Uint8Array }
  | { kind: 'silent' }
  | { kind: 'refused'; because: string; reason: TransportReason };

/** The first thing that a server says by itself. */
function listen(request: WebSocketRequest, options: DetectOptions): Promise<Heard> {
  const { connectMs, helloMs, proxy, signal } = options;
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      settle();
      transport.close();
    };
    const hear = (heard: Heard): void => {
      end(() => {
        resolve(heard);
      });
    };
    const abort = (): void => {
      end(() => {
        reject(new BenchError('cancelled', 'Detecting was cancelled.'));
      });
    };
    const transport = new WebSocketTransport(
      request,
      { clock: monotonicClock(), connectTimeoutMs: connectMs, proxy },
      {
        opened: () => {
          timer = setTimeout(hear, helloMs, { kind: 'silent' });
        },
        received: ({ data }) => {
          hear({ kind: 'frame', frame: data });
        },
        failed: (error) => {
          hear({ kind: 'refused', because: errorText(error), reason: error.reason });
        },
        closed: ({ code, reason }) => {
          const said = reason === '' ? '' : `: ${reason}`;
          const because = `The connection was closed (${code}${said}).`;
          hear({ kind: 'refused', because, reason: 'closed_early' });
        },
      },
    );
    signal?.addEventListener('abort', abort);
    transport.open();
  });
}

/** A server's words on one line of a message. */
function quote(frame: string | Uint8Array): string {
  if (typeof frame !== 'string') return `a binary frame of ${frame.length} bytes`;
  return sanitiseText(frame, 80);
}
