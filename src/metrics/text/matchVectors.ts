import type { TokenIdPair } from './tokenIds.ts';

/** Reference rows held by one machine word of a bit vector. */
export const rowsPerBlock = 32;

/**
 * For every token the set of reference rows it matches, as bits in blocks of 32 rows.
 *
 * Frequent tokens own a precomputed row of blocks; a rare token's few bits are set in a shared
 * row while its column is computed, so memory stays proportional to the reference (about 64
 * bytes a token) whatever the vocabulary.
 */
export class MatchVectors {
  readonly blockCount: number;
  /** All rows of blocks, one after the other; the first is the shared one. */
  readonly bits: Int32Array;
  /** Start of a token's own row within {@link bits}, or 0: it uses the shared row. */
  readonly #rowStart: Int32Array;
  /** Reference rows by token: those of `id` are `#rows[#rowsFrom[id] .. #rowsFrom[id + 1])`. */
  readonly #rowsFrom: Int32Array;
  readonly #rows: Int32Array;

  constructor(ids: Pick<TokenIdPair, 'reference' | 'vocabularySize'>) {
    const { reference, vocabularySize } = ids;
    this.blockCount = Math.ceil(reference.length / rowsPerBlock);
    this.#rowsFrom = firstRowIndices(reference, vocabularySize);
    this.#rows = rowsByToken(reference, this.#rowsFrom);
    this.#rowStart = new Int32Array(vocabularySize);
    const frequent = Math.max(1, this.blockCount >> 4);
    let length = this.blockCount;
    for (let id = 0; id < vocabularySize; id++) {
      if (this.#rowsFrom[id + 1]! - this.#rowsFrom[id]! < frequent) continue;
      this.#rowStart[id] = length;
      length += this.blockCount;
    }
    this.bits = new Int32Array(length);
    for (let row = 0; row < reference.length; row++) {
      const start = this.#rowStart[reference[row]!]!;
      if (start > 0) this.bits[start + (row >> 5)]! |= 1 << (row & 31);
    }
  }

  /**
   * Start of the token's blocks within {@link bits}. Call {@link release} with the same token
   * before the next `select`. `id` may be the id of an unknown token: no bit is set.
   */
  select(id: number): number {
    if (id < 0) return 0;
    const start = this.#rowStart[id]!;
    if (start > 0) return start;
    for (let index = this.#rowsFrom[id]!; index < this.#rowsFrom[id + 1]!; index++) {
      const row = this.#rows[index]!;
      this.bits[row >> 5]! |= 1 << (row & 31);
    }
    return 0;
  }

  /** Clears what {@link select} set in the shared row. */
  release(id: number): void {
    if (id < 0 || this.#rowStart[id]! > 0) return;
    for (let index = this.#rowsFrom[id]!; index < this.#rowsFrom[id + 1]!; index++) {
      this.bits[this.#rows[index]! >> 5] = 0;
    }
  }
}

/** Where each token's rows begin in a list sorted by token; one entry more than tokens. */
function firstRowIndices(reference: Int32Array, vocabularySize: number): Int32Array {
  const from = new Int32Array(vocabularySize + 1);
  for (const id of reference) from[id + 1]!++;
  for (let id = 0; id < vocabularySize; id++) from[id + 1]! += from[id]!;
  return from;
}

function rowsByToken(reference: Int32Array, rowsFrom: Int32Array): Int32Array {
  const rows = new Int32Array(reference.length);
  const next = rowsFrom.slice();
  for (let row = 0; row < reference.length; row++) {
    const id = reference[row]!;
    rows[next[id]!++] = row;
  }
  return rows;
}
