import * as z from 'zod/mini';
import type { Star } from './starredRuns.ts';

/** The part of VS Code's Memento that is used. */
export interface Memory {
  get(name: string): unknown;
  update(name: string, value: unknown): Thenable<void>;
}

const starsName = 'rtbench.baselines';

/** Stars of files that are gone are kept, as they may come back; but not for ever. */
const mostStars = 500;

const starsSchema = z.array(z.object({ runId: z.string(), key: z.string(), planKey: z.string() }));

/** Where the stars of a workspace are kept. */
export class StarStore {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  /** Empty where none were kept, or another version kept them otherwise. */
  get stars(): Star[] {
    const parsed = starsSchema.safeParse(this.#memory.get(starsName));
    return parsed.success ? parsed.data : [];
  }

  async keep(stars: readonly Star[]): Promise<void> {
    await this.#memory.update(starsName, stars.slice(-mostStars));
  }
}
