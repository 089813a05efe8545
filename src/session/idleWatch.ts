/** Calls back once when nothing has happened for a time. */
export class IdleWatch {
  readonly #limitMs: number;
  readonly #queuedBytes: () => number;
  readonly #onIdle: () => void;
  #timer: NodeJS.Timeout | null = null;
  #lastQueuedBytes = 0;

  /** @param queuedBytes the socket's queue: that it shrinks counts as progress. */
  constructor(limitMs: number, queuedBytes: () => number, onIdle: () => void) {
    this.#limitMs = limitMs;
    this.#queuedBytes = queuedBytes;
    this.#onIdle = onIdle;
  }

  start(): void {
    if (!this.#timer) {
      this.#lastQueuedBytes = this.#queuedBytes();
      this.#timer = setTimeout(this.#check, this.#limitMs);
    }
  }

  /** Something happened. Cheap: called for every message. */
  touch(): void {
    this.#timer?.refresh();
  }

  stop(): void {
    if (this.#timer) {
      clearTimeout(this.#timer);
      this.#timer = null;
    }
  }

  readonly #check = (): void => {
    const queued = this.#queuedBytes();
    if (queued < this.#lastQueuedBytes) {
      this.#lastQueuedBytes = queued;
      this.#timer?.refresh();
    } else {
      this.#timer = null;
      this.#onIdle();
    }
  };
}
