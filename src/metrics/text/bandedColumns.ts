import { rowsPerBlock, type MatchVectors } from './matchVectors.ts';

/**
 * A band of the edit-distance matrix, one column (hypothesis token) at a time.
 *
 * Rows are reference tokens, 32 to a block. A column is held as the differences between cells
 * one above the other, one bit each: `plus` where the cell is one more than the cell above it,
 * `minus` where it is one less. A column follows from the one before in a few machine
 * operations a block (G. Myers 1999; H. Hyyrö 2003).
 *
 * Only the blocks `first .. last` are computed. Rows above are taken to grow by one a column
 * and rows below by one a row: both are edit paths that exist, so a cell is never less than its
 * true distance, and is exact wherever all best paths to it stay inside the band.
 */
export class BandedColumns {
  readonly plus: Int32Array;
  readonly minus: Int32Array;
  first = 0;
  last = 0;
  /** Value of the cell just above the first block. */
  topScore = 0;
  /** Value of the lowest cell of the last block. */
  bottomScore = rowsPerBlock;
  readonly #match: MatchVectors;
  #matchStart = 0;
  /** Horizontal difference at the bottom of the last block, in two bits. */
  #carryPlus = 0;
  #carryMinus = 0;

  constructor(match: MatchVectors) {
    this.#match = match;
    this.plus = new Int32Array(match.blockCount).fill(-1);
    this.minus = new Int32Array(match.blockCount);
  }

  /** Continues from a copy made earlier, see {@link BandCheckpoint}. */
  restore(checkpoint: BandCheckpoint): void {
    this.first = checkpoint.first;
    this.last = checkpoint.last;
    this.topScore = checkpoint.topScore;
    this.bottomScore = checkpoint.bottomScore;
    this.plus.set(checkpoint.plus, checkpoint.first);
    this.minus.set(checkpoint.minus, checkpoint.first);
  }

  checkpoint(): BandCheckpoint {
    return {
      first: this.first,
      last: this.last,
      topScore: this.topScore,
      bottomScore: this.bottomScore,
      plus: this.plus.slice(this.first, this.last + 1),
      minus: this.minus.slice(this.first, this.last + 1),
    };
  }

  /** Moves to the next column. `matchStart` is from {@link MatchVectors.select}. */
  advance(matchStart: number): void {
    this.#matchStart = matchStart;
    this.topScore++;
    this.#compute(this.first, 1, 0);
    this.bottomScore += this.#carryPlus - this.#carryMinus;
  }

  /** Adds the block below, in the current column. */
  extend(): void {
    const above = this.bottomScore - this.#carryPlus + this.#carryMinus;
    this.last++;
    this.plus[this.last] = -1;
    this.minus[this.last] = 0;
    this.#compute(this.last, this.#carryPlus, this.#carryMinus);
    this.bottomScore = above + rowsPerBlock + this.#carryPlus - this.#carryMinus;
  }

  /** Adds the block below in column 0, where every row costs one deletion more. */
  extendBeforeFirstColumn(): void {
    this.last++;
    this.bottomScore += rowsPerBlock;
  }

  dropFirst(): void {
    this.topScore += bitCount(this.plus[this.first]!) - bitCount(this.minus[this.first]!);
    this.first++;
  }

  /** After this the band must not be extended again in the same column. */
  dropLast(): void {
    this.bottomScore -= bitCount(this.plus[this.last]!) - bitCount(this.minus[this.last]!);
    this.last--;
  }

  /**
   * Value of the cell in row `row` (1-based) of the current column. Below the band, of which the
   * lower end must then never have moved up, it is what deleting those rows would cost.
   */
  scoreAt(row: number): number {
    const block = (row - 1) >> 5;
    let score = this.topScore;
    for (let index = this.first; index < block; index++) {
      score += bitCount(this.plus[index]!) - bitCount(this.minus[index]!);
    }
    const upToRow = -1 >>> (31 - ((row - 1) & 31));
    return score + bitCount(this.plus[block]! & upToRow) - bitCount(this.minus[block]! & upToRow);
  }

  /** Steps blocks `from .. last` one column on, given the horizontal difference above `from`. */
  #compute(from: number, carryInPlus: number, carryInMinus: number): void {
    const { plus, minus, last } = this;
    const match = this.#match.bits;
    const matchStart = this.#matchStart;
    let carryPlus = carryInPlus;
    let carryMinus = carryInMinus;
    for (let block = from; block <= last; block++) {
      const verticalPlus = plus[block]!;
      const verticalMinus = minus[block]!;
      const matches = match[matchStart + block]!;
      const diagonalOrMinus = matches | verticalMinus;
      const matchesIn = matches | carryMinus;
      const zero = (((matchesIn & verticalPlus) + verticalPlus) ^ verticalPlus) | matchesIn;
      const horizontalPlus = verticalMinus | ~(zero | verticalPlus);
      const horizontalMinus = verticalPlus & zero;
      const shiftedPlus = (horizontalPlus << 1) | carryPlus;
      const shiftedMinus = (horizontalMinus << 1) | carryMinus;
      carryPlus = horizontalPlus >>> 31;
      carryMinus = horizontalMinus >>> 31;
      plus[block] = shiftedMinus | ~(diagonalOrMinus | shiftedPlus);
      minus[block] = shiftedPlus & diagonalOrMinus;
    }
    this.#carryPlus = carryPlus;
    this.#carryMinus = carryMinus;
  }
}

/** A band's state after a column; `plus` and `minus` hold the blocks `first .. last`. */
export interface BandCheckpoint {
  first: number;
  last: number;
  topScore: number;
  bottomScore: number;
  plus: Int32Array;
  minus: Int32Array;
}

/** Number of set bits of a 32-bit integer. */
function bitCount(bits: number): number {
  let count = bits - ((bits >>> 1) & 0x55555555);
  count = (count & 0x33333333) + ((count >>> 2) & 0x33333333);
  count = (count + (count >>> 4)) & 0x0f0f0f0f;
  return Math.imul(count, 0x01010101) >>> 24;
}
