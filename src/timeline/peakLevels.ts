import { samplesPerPeak } from './timelineMessages.ts';

/** How many entries one of the next level stands for. */
const branching = 4;

/** Least and greatest sample of a stretch, -32768 to 32767. */
export interface MinMax {
  min: number;
  max: number;
}

/**
 * Least and greatest sample of any stretch of the audio in logarithmic time, while peaks still
 * arrive. Level 0 holds one entry per {@link samplesPerPeak}, each further one an entry per four.
 * An entry is a pair; what has not arrived is (32767, -32768), which leaves others as they are.
 */
export class PeakLevels {
  readonly totalSamples: number;
  readonly #levels: Int16Array[] = [];

  constructor(totalSamples: number) {
    this.totalSamples = totalSamples;
    let entries = Math.max(1, Math.ceil(totalSamples / samplesPerPeak));
    for (;;) {
      this.#levels.push(unknownEntries(entries));
      if (entries === 1) break;
      entries = Math.ceil(entries / branching);
    }
  }

  /**
   * Takes in peaks as they arrived.
   *
   * @param from place of the first
   * @param minMax least and greatest sample of each, in turn; what lies beyond the end is ignored
   */
  add(from: number, minMax: Int16Array): void {
    const lowest = this.#levels[0]!;
    const count = Math.min(minMax.length / 2, lowest.length / 2 - from);
    if (count <= 0) return;
    lowest.set(minMax.subarray(0, count * 2), from * 2);
    let first = from;
    let last = from + count - 1;
    for (let level = 1; level < this.#levels.length; level += 1) {
      first = Math.floor(first / branching);
      last = Math.floor(last / branching);
      this.#merge(level, first, last);
    }
  }

  /**
   * Of all peaks that touch the stretch; null where none of them has arrived.
   *
   * @param toSample the first sample that does not count
   */
  minMaxOf(fromSample: number, toSample: number): MinMax | null {
    let from = Math.max(0, Math.floor(fromSample / samplesPerPeak));
    let to = Math.min(this.#levels[0]!.length / 2, Math.ceil(toSample / samplesPerPeak));
    const found: MinMax = { min: 32767, max: -32768 };
    for (const entries of this.#levels) {
      while (from < to && from % branching !== 0) include(found, entries, from++);
      while (from < to && to % branching !== 0) include(found, entries, --to);
      if (from >= to) break;
      from /= branching;
      to /= branching;
    }
    return found.min > found.max ? null : found;
  }

  #merge(level: number, first: number, last: number): void {
    const below = this.#levels[level - 1]!;
    const entries = this.#levels[level]!;
    for (let entry = first; entry <= last; entry += 1) {
      const found: MinMax = { min: 32767, max: -32768 };
      const end = Math.min((entry + 1) * branching, below.length / 2);
      for (let child = entry * branching; child < end; child += 1) include(found, below, child);
      entries[entry * 2] = found.min;
      entries[entry * 2 + 1] = found.max;
    }
  }
}

function unknownEntries(count: number): Int16Array {
  const entries = new Int16Array(count * 2);
  for (let i = 0; i < entries.length; i += 2) {
    entries[i] = 32767;
    entries[i + 1] = -32768;
  }
  return entries;
}

function include(found: MinMax, entries: Int16Array, entry: number): void {
  const min = entries[entry * 2]!;
  const max = entries[entry * 2 + 1]!;
  if (min < found.min) found.min = min;
  if (max > found.max) found.max = max;
}
