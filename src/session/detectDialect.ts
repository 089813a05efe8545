import { BenchError } from '../common/benchError.ts';
import type { Dialect, DialectSettings } from '../dialects/dialect.ts';
import { sanitiseText } from '../transport/sanitiseText.ts';
import { listenAtDoors, type Door, type Heard, type ListenOptions } from './listenAtDoors.ts';

export interface DetectOptions extends ListenOptions {
  apiKey: string | null;
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
    return await judge(url, dialects, doors, listenAtDoors(doors, options, enough.signal));
  } finally {
    enough.abort();
  }
}

/** Says what was heard at the doors, in their order; the first that is recognised decides. */
async function judge(
  url: string,
  dialects: readonly Dialect[],
  doors: readonly Door[],
  allHeard: readonly Promise<Heard>[],
): Promise<Detection> {
  let unknown: Detection | null = null;
  const refusals: string[] = [];
  const silentPaths = new Set<string>();
  for (const [place, { request }] of doors.entries()) {
    const heard = await allHeard[place]!;
    if (heard.kind === 'refused') {
      // It fails alike at the other paths.
      if (heard.by === 'proxy') return { kind: 'unreachable', because: heard.because };
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
function doorsOf(url: string, dialects: readonly Dialect[], apiKey: string | null): Door[] {
  const doors = new Map<string, Door>();
  let problem: unknown = null;
  for (const dialect of dialects) {
    try {
      const request = dialect.request(settingsFor(url, dialect), apiKey);
      if (request.transport !== 'websocket') continue;
      const { pathname, search } = new URL(request.url);
      const address = pathname + search;
      const door = doors.get(address) ?? { request, greets: false };
      doors.set(address, { ...door, greets: door.greets || dialect.recognises !== undefined });
    } catch (error) {
      problem ??= error;
    }
  }
  if (doors.size === 0 && problem instanceof BenchError) throw problem;
  // A server may make another kind of session where its parameters are not given; others ignore them.
  return [...doors.values()].toSorted(
    (a, b) =>
      Number(b.greets) - Number(a.greets) ||
      searchOf(b.request).length - searchOf(a.request).length,
  );
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

/** A server's words on one line of a message. */
function quote(frame: string | Uint8Array): string {
  if (typeof frame !== 'string') return `a binary frame of ${frame.length} bytes`;
  return sanitiseText(frame, 80);
}
