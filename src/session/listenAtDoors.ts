import { BenchError, errorText } from '../common/benchError.ts';
import { monotonicClock } from '../common/clock.ts';
import type { WebSocketRequest } from '../common/connectionRequest.ts';
import { WebSocketTransport } from '../transport/webSocketTransport.ts';

export interface ListenOptions {
  connectMs: number;
  /** How long a server may take to say its first words. */
  helloMs: number;
  /** Origin of the proxy to go through, except to this computer itself; null for none. */
  proxy: string | null;
  signal?: AbortSignal;
}

/** An address that a server may be behind. */
export interface Door {
  request: WebSocketRequest;
  /** One of the protocols that are spoken there begins with words of the server. */
  greets: boolean;
}

type Frame = string | Uint8Array;

/** What comes of knocking at a door. */
export type Heard =
  | { kind: 'frames'; frames: [Frame, ...Frame[]] }
  | { kind: 'silent' }
  | { kind: 'refused'; because: string; by: 'server' | 'proxy' | 'nobody' };

/** A server may have few places, and a silent one is held for long. */
const mostAtOnce = 4;

/** Of a wait, where nothing is expected to come of it. */
const briefShare = 0.2;

/** How soon the second message has to follow the first one to be of the greeting. */
const secondMs = 250;

/** How long a server may take to end its side of a connection. */
const leaveMs = 500;

/**
 * Listens at doors, at a few of them at a time: each may be silent for long, and all of them are where
 * paths do not count. At the first one before the others, in case that nothing gets through to there
 * at all.
 *
 * @param enough ends what still goes on
 * @returns what is heard at each door. They reject where it ended before that, and all but the first
 * where a proxy refuses that one
 */
export function listenAtDoors(
  [first, ...others]: readonly Door[],
  options: ListenOptions,
  enough: AbortSignal,
): Promise<Heard>[] {
  if (!first) return [];
  const { signal } = options;
  const visits = new Visits({
    ...options,
    signal: signal ? AbortSignal.any([signal, enough]) : enough,
  });
  const heard = visits.all(first, others);
  // What is not waited for any more may be cancelled.
  for (const each of heard) each.catch(() => undefined);
  return heard;
}

type Limits = ListenOptions & { signal: AbortSignal };

/** A few at a time, in the order of the doors. */
class Visits {
  readonly #limits: Limits;
  readonly #waiting: (() => void)[] = [];
  #free = mostAtOnce;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  all(first: Door, others: readonly Door[]): Promise<Heard>[] {
    let firstHeard!: Promise<Heard>;
    const opened = new Promise<null>((resolve) => {
      firstHeard = this.#visit(first, this.#limits, () => {
        resolve(null);
      });
    });
    const soon = Promise.race([opened, firstHeard]);
    soon.catch(() => undefined);
    return [firstHeard, ...others.map(async (door) => this.#visitAfter(await soon, door))];
  }

  /** @param soon what came of the first door; null where that is open */
  #visitAfter(soon: Heard | null, door: Door): Promise<Heard> {
    if (soon?.kind !== 'refused' || soon.by === 'server') return this.#visit(door, this.#limits);
    if (soon.by === 'proxy') throw cancelled();
    // What does not answer there hardly answers elsewhere.
    return this.#visit(door, { ...this.#limits, connectMs: this.#limits.connectMs * briefShare });
  }

  async #visit({ request, greets }: Door, limits: Limits, opened?: () => void): Promise<Heard> {
    await this.#take();
    const left = (): void => {
      this.#give();
    };
    const helloMs = greets ? limits.helloMs : limits.helloMs * briefShare;
    return listen(request, { ...limits, helloMs }, { left, ...(opened && { opened }) });
  }

  async #take(): Promise<void> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #give(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free += 1;
  }
}

interface Visitor {
  opened?: () => void;
  /** The connection is over. */
  left: () => void;
}

/** The first thing that a server says by itself, and the second where it follows at once. */
function listen(
  request: WebSocketRequest,
  { connectMs, helloMs, proxy, signal }: Limits,
  visitor: Visitor,
): Promise<Heard> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      visitor.left();
      reject(cancelled());
      return;
    }
    let timer: NodeJS.Timeout | undefined;
    let leaving: NodeJS.Timeout | undefined;
    let first: Frame | null = null;
    const left = once(() => {
      clearTimeout(leaving);
      visitor.left();
    });
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      settle();
      leaving ??= setTimeout(() => {
        transport.terminate();
        left();
      }, leaveMs);
      transport.close();
    };
    const hear = (heard: Heard): void => {
      end(() => {
        resolve(heard);
      });
    };
    const abort = (): void => {
      end(() => {
        reject(cancelled());
      });
    };
    const transport = new WebSocketTransport(
      request,
      { clock: monotonicClock(), connectTimeoutMs: connectMs, proxy },
      {
        opened: () => {
          visitor.opened?.();
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
          hear({ kind: 'refused', because: errorText(error), by: refusedBy(error.reason) });
        },
        closed: ({ code, reason }) => {
          if (first !== null) hear({ kind: 'frames', frames: [first] });
          const said = reason === '' ? '' : `: ${reason}`;
          const because = `The connection was closed (${code}${said}).`;
          hear({ kind: 'refused', because, by: 'server' });
          left();
        },
      },
    );
    signal.addEventListener('abort', abort);
    transport.open();
  });
}

function refusedBy(reason: string): 'server' | 'proxy' | 'nobody' {
  if (reason === 'proxy_failed') return 'proxy';
  return reason === 'connect_timeout' ? 'nobody' : 'server';
}

function cancelled(): BenchError {
  return new BenchError('cancelled', 'Detecting was cancelled.');
}

function once(act: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    act();
  };
}
