import { monotonicClock } from '../common/clock.ts';
import type { WebSocketRequest } from '../common/connectionRequest.ts';
import { BenchError, errorText } from '../common/benchError.ts';
import type { Dialect, DialectSettings } from '../dialects/dialect.ts';
import { sanitiseText } from '../transport/sanitiseText.ts';
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
 * by the first message at the paths where protocols have their servers.
 * @throws BenchError `request_invalid` for an address that is none, and what `signal` gives.
 */
export async function detectDialect(
  url: string,
  dialects: readonly Dialect[],
  options: DetectOptions,
): Promise<Detection> {
  const byHost = dialectOfHost(url, dialects);
  if (byHost) return recognised(byHost, `${new URL(url).host} is a host of ${byHost.label}`);
  const doors = doorsOf(url, dialects, options.apiKey);
  const enough = new AbortController();
  try {
    return await judge(url, dialects, doors, await listenAtAll(doors, options, enough.signal));
  } finally {
    enough.abort();
  }
}

/**
 * Listens at all doors at once: each may be silent for long, and all of them are where paths do not
 * count. At the first one before the others, in case that nothing gets through to there at all.
 */
async function listenAtAll(
  [first, ...others]: readonly WebSocketRequest[],
  options: DetectOptions,
  enough: AbortSignal,
): Promise<Promise<Heard>[]> {
  if (!first) return [];
  let firstHeard!: Promise<Heard>;
  const isThere = new Promise<null>((resolve) => {
    const onOpen = (): void => {
      resolve(null);
    };
    firstHeard = listen(first, { ...options, onOpen }, enough);
  });
  const soon = await Promise.race([isThere, firstHeard]);
  if (soon?.kind === 'refused' && soon.byProxy) return [firstHeard];
  const heard = [firstHeard, ...others.map((request) => listen(request, options, enough))];
  // What is not waited for any more may be cancelled.
  for (const each of heard) each.catch(() => undefined);
  return heard;
}

/** Says what was heard at the doors, in their order; the first that is recognised decides. */
async function judge(
  url: string,
  dialects: readonly Dialect[],
  doors: readonly WebSocketRequest[],
  allHeard: readonly Promise<Heard>[],
): Promise<Detection> {
  let unknown: Detection | null = null;
  const refusals: string[] = [];
  const silentPaths = new Set<string>();
  for (const [place, request] of doors.entries()) {
    const heard = await allHeard[place]!;
    if (heard.kind === 'refused') {
      // It fails alike at the other paths.
      if (heard.byProxy) return { kind: 'unreachable', because: heard.because };
      refusals.push(heard.because);
    } else if (heard.kind === 'silent') {
      silentPaths.add(pathOf(request));
    } else {
      const { frames } = heard;
      const dialect = dialects.find((each) => {
        return frames.some((frame) => each.recognises?.(frame) === true);
      });
      const because = `its first message at ${pathOf(request)} is ${quote(frames[0])}`;
      if (dialect) return recognised(dialect, because);
      unknown ??= { kind: 'unknown', because };
    }
  }
  if (unknown) return unknown;
  if (silentPaths.size === 0) {
    return { kind: 'unreachable', because: refusals[0] ?? 'Nothing was tried.' };
  }
  const takesAnyPath = refusals.length === 0 && silentPaths.size > 1;
  return silentAt(takesAnyPath ? null : [...silentPaths], url, dialects);
}

function recognised(dialect: Dialect, because: string): Detection {
  return { kind: 'recognised', dialect, because };
}

/** Hosted services are known by their names; what runs on this computer may be anything. */
function dialectOfHost(url: string, dialects: readonly Dialect[]): Dialect | undefined {
  if (!URL.canParse(url)) return undefined;
  const { hostname, pathname, protocol } = new URL(url);
  if (hostname === 'localhost') return undefined;
  const ofHost = dialects.filter(({ exampleUrl, hosts }) => {
    return hosts?.test(hostname) ?? new URL(exampleUrl).hostname === hostname;
  });
  const ofPath = ofHost.find(({ exampleUrl }) => {
    return pathname !== '/' && new URL(exampleUrl).pathname === pathname;
  });
  const ofScheme = ofHost.find(({ exampleUrl }) => {
    return isWebSocket(new URL(exampleUrl).protocol) === isWebSocket(protocol);
  });
  return ofPath ?? ofScheme ?? ofHost[0];
}

function isWebSocket(protocol: string): boolean {
  return protocol === 'ws:' || protocol === 'wss:';
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

/**
 * What may be silent at these paths. A server that takes a WebSocket at any path (null) is one whose
 * protocol has no path of its own.
 */
function silentAt(
  paths: readonly string[] | null,
  url: string,
  dialects: readonly Dialect[],
): Detection {
  const candidates = dialects.filter((dialect) => {
    if (dialect.recognises) return false;
    try {
      const own = dialect.request(settingsFor(url, dialect), null);
      return own.transport === 'websocket' && (paths ?? ['/']).includes(pathOf(own));
    } catch {
      return false;
    }
  });
  const where = paths === null ? 'any path' : paths.join(', ');
  return {
    kind: 'silent',
    candidates,
    because: `it takes WebSockets at ${where} and says nothing`,
  };
}

type Frame = string | Uint8Array;

type Heard =
  | { kind: 'frames'; frames: [Frame, ...Frame[]] }
  | { kind: 'silent' }
  | { kind: 'refused'; because: string; byProxy: boolean };

/** How soon the second message has to follow the first one to be of the greeting. */
const secondMs = 250;

/** The first thing that a server says by itself, and the second where it follows at once. */
function listen(
  request: WebSocketRequest,
  { connectMs, helloMs, proxy, signal: cancelled, onOpen }: DetectOptions & { onOpen?: () => void },
  enough: AbortSignal,
): Promise<Heard> {
  cancelled?.throwIfAborted();
  const signal = cancelled ? AbortSignal.any([cancelled, enough]) : enough;
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    let first: Frame | null = null;
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
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
          onOpen?.();
          timer = setTimeout(hear, helloMs, { kind: 'silent' });
        },
        received: ({ data }) => {
          if (first !== null) {
            hear({ kind: 'frames', frames: [first, data] });
            return;
          }
          first = data;
          clearTimeout(timer);
          timer = setTimeout(hear, secondMs, { kind: 'frames', frames: [data] });
        },
        failed: (error) => {
          if (first !== null) hear({ kind: 'frames', frames: [first] });
          const byProxy = error.reason === 'proxy_failed';
          hear({ kind: 'refused', because: errorText(error), byProxy });
        },
        closed: ({ code, reason }) => {
          if (first !== null) hear({ kind: 'frames', frames: [first] });
          const said = reason === '' ? '' : `: ${reason}`;
          const because = `The connection was closed (${code}${said}).`;
          hear({ kind: 'refused', because, byProxy: false });
        },
      },
    );
    signal.addEventListener('abort', abort);
    transport.open();
  });
}

/** A server's words on one line of a message. */
function quote(frame: string | Uint8Array): string {
  if (typeof frame !== 'string') return `a binary frame of ${frame.length} bytes`;
  return sanitiseText(frame, 80);
}
