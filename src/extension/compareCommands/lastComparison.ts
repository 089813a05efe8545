import * as z from 'zod/mini';
import type { Memory } from '../baselines/starStore.ts';

const lastName = 'rtbench.lastComparison';
const keysSchema = z.array(z.string());

/** Which runs were chosen last to be compared; the first one was the baseline. */
export class LastComparison {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  /** Empty where nothing was chosen yet. */
  get keys(): string[] {
    const parsed = keysSchema.safeParse(this.#memory.get(lastName));
    return parsed.success ? parsed.data : [];
  }

  async keep(keys: readonly string[]): Promise<void> {
    await this.#memory.update(lastName, keys);
  }
}
