import { fileURLToPath } from 'node:url';
import { RequestThread } from '../requestThread.ts';
import type { CompareRequest, ReadRunSource, RunSource } from './compareReaderMessages.ts';

type CheckRequest = Extract<CompareRequest, { type: 'check' }>;

/**
 * Computes the figures of runs once more from their traces, on a thread of its own, while those of
 * the files are compared already.
 */
export class FigureChecker {
  /** The bundle that this is part of: it answers the request. */
  readonly #program = fileURLToPath(import.meta.url);
  /** As they were read. */
  readonly #checked = new WeakSet<ReadRunSource>();
  #thread: RequestThread<CheckRequest, boolean> | null = null;

  /** False where the figures are not those of the traces. Runs found good are not checked again. */
  async holds(source: RunSource, read: ReadRunSource): Promise<boolean> {
    if (!read.report || this.#checked.has(read)) return true;
    this.#thread ??= new RequestThread(this.#program);
    const holds = await this.#thread.request({ type: 'check', source });
    if (holds) this.#checked.add(read);
    return holds;
  }

  /** Gives the memory of the thread back. */
  rest(): void {
    this.#thread?.dispose('The figures were checked.');
    this.#thread = null;
  }
}
