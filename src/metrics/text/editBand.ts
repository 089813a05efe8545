import { BandedColumns } from './bandedColumns.ts';
import { MatchVectors, rowsPerBlock } from './matchVectors.ts';
import type { TokenIdPair } from './tokenIds.ts';

/** Width of the first trial band; each further one is this many times wider. */
const trialBlocks = 8;

/** A trial is worth its time while the certain band is more than this many times wider. */
const trialSaving = 4;

/** Where the alignments to follow end, and the most they may cost up to there. */
export interface PathEnd {
  /** Reference minus hypothesis tokens used up. */
  diagonal: number;
  cost: number;
}

/**
 * Walks the edit-distance matrix of two token sequences inside the narrowest band that is
 * certain to hold every best alignment. Both sequences must have at least one token.
 */
export class EditBand {
  readonly columns: Int32Array;
  readonly rowCount: number;
  /** The last cell, with a cost that is at least the edit distance and hardly ever more. */
  readonly end: PathEnd;
  readonly #match: MatchVectors;

  constructor(ids: TokenIdPair) {
    this.#match = new MatchVectors(ids);
    this.columns = ids.hypothesis;
    this.rowCount = ids.reference.length;
    this.end = { diagonal: this.rowCount - this.columns.length, cost: this.#upperBound() };
  }

  /** No column holds more blocks than this. */
  get widestColumn(): number {
    return this.#blocksWithin(this.end.cost);
  }

  /** Column 0, with the rows that an alignment to {@link end} may delete at its start. */
  start(): BandedColumns {
    const band = new BandedColumns(this.#match);
    const lastBlock = this.#match.blockCount - 1;
    while (band.last < lastBlock && reachesBelow(band, 0, this.end, 1)) {
      band.extendBeforeFirstColumn();
    }
    return band;
  }

  /** Moves `band` to column `column` (1-based) and follows the alignments to `end`. */
  step(band: BandedColumns, column: number, end: PathEnd): void {
    const token = this.columns[column - 1]!;
    band.advance(this.#match.select(token));
    const lastBlock = this.#match.blockCount - 1;
    while (band.last < lastBlock && reachesBelow(band, column, end, -1)) band.extend();
    this.#match.release(token);
    trim(band, column, end);
  }

  /** Cost of an alignment that exists: the smaller, the narrower the certain band. */
  #upperBound(): number {
    let bound = Math.max(this.rowCount, this.columns.length);
    let blocks = trialBlocks;
    while (this.#blocksWithin(bound) > trialSaving * blocks) {
      bound = Math.min(bound, this.#trial(blocks));
      blocks *= trialBlocks;
    }
    return bound;
  }

  /**
   * Most blocks a column can hold under a limit. Alignments within it stay on `limit`
   * neighbouring diagonals; both ends may cut through a block.
   */
  #blocksWithin(limit: number): number {
    return Math.min(this.#match.blockCount, Math.ceil(limit / rowsPerBlock) + 3);
  }

  /** Distance found by a band of fixed width that moves down wherever its lower end is better. */
  #trial(blocks: number): number {
    const band = new BandedColumns(this.#match);
    const lastBlock = this.#match.blockCount - 1;
    while (band.last < lastBlock && band.last < blocks - 1) band.extendBeforeFirstColumn();
    for (const token of this.columns) {
      band.advance(this.#match.select(token));
      if (band.last < lastBlock && band.bottomScore < band.topScore) {
        band.extend();
        band.dropFirst();
      }
      this.#match.release(token);
    }
    // Rows that the band never came down to count one deletion each.
    return band.scoreAt(this.rowCount);
  }
}

/**
 * Leaves out the blocks at both ends that no alignment to `end` can pass: a cell can only be on
 * one if its value plus its distance from the final diagonal is within the cost (E. Ukkonen
 * 1985).
 */
export function trim(band: BandedColumns, column: number, end: PathEnd): void {
  while (band.last > band.first && isLastHopeless(band, column, end)) band.dropLast();
  while (band.last > band.first && isFirstHopeless(band, column, end)) band.dropFirst();
}

/** `rise` is the least that the next row down can differ from the lowest of the band. */
function reachesBelow(band: BandedColumns, column: number, end: PathEnd, rise: number): boolean {
  const row = (band.last + 1) * rowsPerBlock + 1;
  return band.bottomScore + rise + Math.abs(end.diagonal + column - row) <= end.cost;
}

/** Cells above differ by at most one a row from the block's lowest, whose value is known. */
function isLastHopeless(band: BandedColumns, column: number, end: PathEnd): boolean {
  const lowRow = (band.last + 1) * rowsPerBlock;
  const highRow = lowRow - rowsPerBlock + 1;
  const endRow = end.diagonal + column;
  return band.bottomScore - lowRow + Math.max(endRow, 2 * highRow - endRow) > end.cost;
}

/** As for the last block, from the cell above the first one. */
function isFirstHopeless(band: BandedColumns, column: number, end: PathEnd): boolean {
  const aboveRow = band.first * rowsPerBlock;
  const lowRow = aboveRow + rowsPerBlock;
  const endRow = end.diagonal + column;
  return band.topScore + aboveRow + Math.max(endRow - 2 * lowRow, -endRow) > end.cost;
}
