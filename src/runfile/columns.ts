/**
 * Compact, diff-friendly encodings of number series. Integers in, integers out; every
 * encoding is exactly reversible.
 */

/** First value, then differences: small numbers for growing series such as times. */
export function toDeltas(values: readonly number[]): number[] {
  return values.map((value, i) => (i === 0 ? value : value - values[i - 1]!));
}

export function fromDeltas(deltas: readonly number[]): number[] {
  let sum = 0;
  return deltas.map((delta) => (sum += delta));
}

/** Value and how often it repeats. */
export type Runs = [value: number, count: number][];

/** Runs of equal values, for series that rarely change such as chunk lengths. */
export function toRuns(values: readonly number[]): Runs {
  const runs: Runs = [];
  for (const value of values) {
    const last = runs.at(-1);
    if (last?.[0] === value) last[1] += 1;
    else runs.push([value, 1]);
  }
  return runs;
}

export function fromRuns(runs: Runs): number[] {
  return runs.flatMap(([value, count]) => new Array<number>(count).fill(value));
}
