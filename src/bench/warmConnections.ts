import { WarmConnection } from '../session/warmConnection.ts';

/** The connections of a run that wait for their user's next session: one per user and endpoint. */
export class WarmConnections {
  readonly #byUser = new Map<string, WarmConnection>();

  of(user: number, endpointId: string): WarmConnection {
    const key = `${user} ${endpointId}`;
    const known = this.#byUser.get(key);
    if (known) return known;
    const warm = new WarmConnection();
    this.#byUser.set(key, warm);
    return warm;
  }

  /** Resolves when all are closed. */
  async close(): Promise<void> {
    await Promise.all(Array.from(this.#byUser.values(), (warm) => warm.close()));
  }
}
