import { indexGenerator } from './indexGenerator.ts';

/** Indices drawn for resamples, kept so that comparisons of as many units need not draw them again. */
export class Resamples {
  readonly #kept = new Map<string, Int32Array>();
  #room: number;

  /** @param mostKept indices, of four bytes each */
  constructor(mostKept: number) {
    this.#room = mostKept;
  }

  /**
   * As many indices below `into.length` as fit into it, by the seed's random numbers from number
   * `first` (from 0) on.
   *
   * @returns `into`, or the same indices from before; not to be written to
   */
  take(seed: number, first: number, into: Int32Array): Int32Array {
    const key = `${seed} ${first} ${into.length}`;
    const kept = this.#kept.get(key);
    if (kept) return kept;
    indexGenerator(seed, first)(into, into.length);
    if (into.length > this.#room) return into;
    this.#room -= into.length;
    const drawn = into.slice();
    this.#kept.set(key, drawn);
    return drawn;
  }
}
