import type { RunVerdict } from '../compareEditor/compareReaderMessages.ts';

/** Two files, by their keys: a run and what it is compared with. */
export interface VerdictPair {
  baseline: string;
  run: string;
}

/** Where verdicts come from. */
export interface VerdictSource {
  /** Changes when the verdict may: by the files and by what is asked of them. */
  versionOf(pair: VerdictPair): Promise<string>;
  judge(pair: VerdictPair): Promise<RunVerdict>;
  /** Nothing is left to do for now. */
  rest(): void;
}

interface Known {
  version: string;
  /** Null where there is none: the next version may have one. */
  verdict: RunVerdict | null;
}

/** Finds verdicts one after the other and keeps them until a file changes. */
export class VerdictQueue {
  readonly #source: VerdictSource;
  readonly #onVerdict: (pair: VerdictPair) => void;
  readonly #onError: (error: unknown) => void;
  readonly #known = new Map<string, Known>();
  #waiting: VerdictPair[] = [];
  #isPaused = true;
  #isWorking = false;
  #isDisposed = false;

  constructor(
    source: VerdictSource,
    onVerdict: (pair: VerdictPair) => void,
    onError: (error: unknown) => void,
  ) {
    this.#source = source;
    this.#onVerdict = onVerdict;
    this.#onError = onError;
  }

  /** The last one; null where there is none yet. */
  verdictOf(pair: VerdictPair): RunVerdict | null {
    return this.#known.get(nameOf(pair))?.verdict ?? null;
  }

  /**
   * Which verdicts are wanted now, the most wanted first; those wanted before are forgotten.
   * Looking whether known ones still hold comes last: they are shown already.
   */
  want(pairs: readonly VerdictPair[]): void {
    const isKnown = (pair: VerdictPair): boolean => this.#known.has(nameOf(pair));
    this.#waiting = pairs.toSorted((a, b) => Number(isKnown(a)) - Number(isKnown(b)));
    void this.#work();
  }

  /** Starts paused. What is under way is finished. */
  setPaused(isPaused: boolean): void {
    this.#isPaused = isPaused;
    void this.#work();
  }

  /** Nothing more is told, also of what is under way. */
  dispose(): void {
    this.#isDisposed = true;
    this.#isPaused = true;
    this.#source.rest();
  }

  async #work(): Promise<void> {
    if (this.#isWorking) return;
    this.#isWorking = true;
    while (!this.#isPaused && !this.#isDisposed) {
      const pair = this.#waiting.shift();
      if (!pair) break;
      await this.#judge(pair);
    }
    this.#isWorking = false;
    this.#source.rest();
  }

  async #judge(pair: VerdictPair): Promise<void> {
    try {
      const version = await this.#source.versionOf(pair);
      const name = nameOf(pair);
      if (this.#known.get(name)?.version === version) return;
      // First: what breaks the comparison would break it again.
      this.#known.set(name, { version, verdict: null });
      this.#known.set(name, { version, verdict: await this.#source.judge(pair) });
      if (!this.#isDisposed) this.#onVerdict(pair);
    } catch (error) {
      if (!this.#isDisposed) this.#onError(error);
    }
  }
}

function nameOf({ baseline, run }: VerdictPair): string {
  return JSON.stringify([baseline, run]);
}
