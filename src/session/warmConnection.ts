import type { Connection } from './connection.ts';

/**
 * Where one user keeps its connection to one endpoint between two utterances. Whatever happens
 * to the connection meanwhile makes it unfit: what is said then belongs to no utterance.
 */
export class WarmConnection {
  #parked: Connection | null = null;
  readonly #closing = new Set<Promise<void>>();

  /** The connection that was parked, where it is still fit for use. It is the caller's then. */
  take(): Connection | null {
    const parked = this.#parked;
    this.#parked = null;
    if (parked === null || parked.isReusable) return parked;
    // The server is about to close it.
    this.#discard(parked);
    return null;
  }

  park(connection: Connection): void {
    this.#parked = connection;
    connection.tell({
      opened: () => undefined,
      received: () => {
        this.#parked = null;
        this.#discard(connection);
      },
      failed: () => undefined,
      closed: () => {
        this.#parked = null;
      },
    });
  }

  /** Resolves when nothing is open any more. */
  async close(): Promise<void> {
    const parked = this.#parked;
    this.#parked = null;
    if (parked) this.#discard(parked);
    await Promise.all(this.#closing);
  }

  #discard(connection: Connection): void {
    const closing = connection.close().finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
  }
}
