import type { MeasureProgress } from '../agenttools/agentWorkspace.ts';
import type { RunProgressMessage } from '../runner/runnerMessages.ts';

/** Counts the sessions of a run that goes on. */
export class SessionTally {
  #done = 0;
  #failed = 0;
  total = 0;
  /** What the first failed session said. */
  firstFailure: string | null = null;

  /** What to tell of a message; null where it is not worth telling. */
  add(message: RunProgressMessage): MeasureProgress | null {
    if (message.type === 'starting') this.total = message.sessions;
    else if (message.type === 'sessionEnded') this.#ended(message.failure);
    else return null;
    return this.#progress();
  }

  #ended(failure: { reason: string; message: string } | null): void {
    this.#done += 1;
    if (failure === null || failure.reason === 'cancelled') return;
    this.#failed += 1;
    this.firstFailure ??= failure.message;
  }

  #progress(): MeasureProgress {
    const failed = this.#failed === 0 ? '' : `, ${this.#failed} failed`;
    const text = `${this.#done} of ${this.total} sessions ended${failed}`;
    return { done: this.#done, total: this.total, text };
  }
}
