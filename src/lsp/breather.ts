import { setImmediate } from 'node:timers/promises';

/** The longest that a question waits for work that has time. */
const longestMs = 8;

/** Lets long work be interrupted by what waits, often enough and no oftener. */
export class Breather {
  #sinceMs = performance.now();

  async pause(): Promise<void> {
    if (performance.now() - this.#sinceMs < longestMs) return;
    await setImmediate();
    this.#sinceMs = performance.now();
  }
}
