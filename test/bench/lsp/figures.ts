import { percentile } from '../../../src/metrics/statistics/percentile.ts';

/** Times of each method that was asked, milliseconds. */
export class AnswerTimes {
  readonly #times = new Map<string, number[]>();

  async take<Result>(name: string, question: () => Promise<Result>): Promise<Result> {
    const startMs = performance.now();
    const answer = await question();
    this.#times.set(name, [...(this.#times.get(name) ?? []), performance.now() - startMs]);
    return answer;
  }

  print(): void {
    for (const [name, timesMs] of this.#times) {
      const sorted = timesMs.toSorted((one, other) => one - other);
      const [p50, p95] = [0.5, 0.95].map(
        (fraction) => percentile(sorted, fraction)?.toFixed(1) ?? '–',
      );
      console.log(`${name}: p50 ${p50} ms, p95 ${p95} ms, of ${sorted.length}`);
    }
  }
}
