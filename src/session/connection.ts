import type { ConnectionRequest } from '../common/connectionRequest.ts';
import type { DialectSession } from '../dialects/dialect.ts';
import { transportFor } from '../transport/transportFor.ts';
import type { Transport, TransportObserver, TransportOptions } from '../transport/transport.ts';

/** How long the closing handshake may take before the connection is cut. */
export const closeTimeoutMs = 2_000;

/** A transport with the state of its protocol. Who hears of it can change. */
export class Connection {
  readonly transport: Transport;
  readonly dialectSession: DialectSession;
  #observer: TransportObserver;

  constructor(
    request: ConnectionRequest,
    options: TransportOptions,
    dialectSession: DialectSession,
    observer: TransportObserver,
  ) {
    this.dialectSession = dialectSession;
    this.#observer = observer;
    this.transport = transportFor(request, options, {
      opened: () => {
        this.#observer.opened();
      },
      received: (frame) => {
        this.#observer.received(frame);
      },
      failed: (error) => {
        this.#observer.failed(error);
      },
      closed: (close) => {
        this.#observer.closed(close);
      },
      secrets: (secrets) => {
        this.#observer.secrets?.(secrets);
      },
    });
  }

  /** Whether a further utterance can be sent on it. */
  get isReusable(): boolean {
    return this.dialectSession.again !== undefined && this.transport.isReusable === true;
  }

  /** From here on this observer hears of the connection, and nobody else does. */
  tell(observer: TransportObserver): void {
    this.#observer = observer;
  }

  /** Closes it, nobody listening; resolves when it is closed. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.transport.terminate();
      }, closeTimeoutMs);
      this.tell({
        ...deaf,
        closed: () => {
          clearTimeout(timer);
          resolve();
        },
      });
      this.transport.close();
    });
  }
}

const deaf: TransportObserver = {
  opened: () => undefined,
  received: () => undefined,
  failed: () => undefined,
  closed: () => undefined,
};
