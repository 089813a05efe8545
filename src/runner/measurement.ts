import { BenchError } from '../common/benchError.ts';

/** Lets one measurement run at a time: two would disturb each other's timing. */
export class Measurement {
  #running: AbortController | null = null;

  get isRunning(): boolean {
    return this.#running !== null;
  }

  /** Ends the measurement that runs; it keeps what has finished. */
  stop(): void {
    this.#running?.abort();
  }

  /** Throws a BenchError where one runs already. */
  async run<Result>(measure: (stop: AbortController) => Promise<Result>): Promise<Result> {
    if (this.#running) {
      throw new BenchError(
        'measurement_running',
        'A measurement is running. Wait for its end or stop it: two would disturb each other.',
      );
    }
    const stop = new AbortController();
    this.#running = stop;
    try {
      return await measure(stop);
    } finally {
      this.#running = null;
    }
  }
}
