import type { DatasetProblem } from './utterance.ts';

const maxProblems = 1000;

/** Collects what is wrong with a dataset; bounded, so that a broken huge manifest stays readable. */
export class ProblemList {
  readonly #problems: DatasetProblem[] = [];
  #omitted = 0;

  /** `line` is 1-based; null when the whole file is meant. */
  add(file: string, line: number | null, message: string): void {
    if (this.#problems.length < maxProblems) this.#problems.push({ file, line, message });
    else this.#omitted += 1;
  }

  /** By file and line; the last one says how many were not listed, if any. */
  list(): DatasetProblem[] {
    const sorted = this.#problems.toSorted(
      (a, b) => compareText(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0),
    );
    const last = sorted.at(-1);
    if (last && this.#omitted > 0) {
      sorted.push({ file: last.file, line: null, message: `${this.#omitted} more problems.` });
    }
    return sorted;
  }
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
