import { BenchError } from '../common/benchError.ts';
import type { RunWanted } from './agentWorkspace.ts';

/** What a tool is called with. */
interface Asked {
  name: string;
  input: unknown;
}

/**
 * What the user was asked about. A plan file, or the settings, may change while the question stands,
 * also by another tool of the same agent.
 */
export class AllowedRuns {
  readonly #allowed = new Map<string, string>();

  /** The user is asked about these. */
  ask(asked: Asked, runs: readonly RunWanted[]): void {
    this.#allowed.set(keyOf(asked), JSON.stringify(runs));
  }

  /**
   * The call was allowed, or nobody was asked; returns what throws a BenchError for other runs than
   * those of the question.
   */
  taken(asked: Asked): (runs: readonly RunWanted[]) => void {
    const key = keyOf(asked);
    const allowed = this.#allowed.get(key);
    this.#allowed.delete(key);
    return (runs) => {
      if (allowed === undefined || allowed === JSON.stringify(runs)) return;
      throw new BenchError(
        'changed',
        'What is to be measured has changed since it was allowed: call the tool again.',
      );
    };
  }
}

function keyOf({ name, input }: Asked): string {
  return `${name} ${JSON.stringify(input)}`;
}
