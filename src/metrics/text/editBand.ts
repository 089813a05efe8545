import { BandedColumns } from './bandedColumns.ts';
import { MatchVectors, rowsPerBlock } from './matchVectors.ts';
import type { TokenIdPair } from './tokenIds.ts';

/** Width of the first trial band; each further one is this many times wider. */
const trialBlocks = 8;

/** A trial is worth its time while the certain band is more than this many times wider. */
const trialSaving = 4;

/**
 * Walks the edit-distance matrix of two token sequences inside the narrowest band that is
 * certain to hold every best alignment. Both sequences must have at least one token.
 */
export class EditBand {
  readonly match: MatchVectors;
  readonly columns: Int32Array;
  readonly rowCount: number;
  /** At least the edit distance: paths that must cost more are left out. */
  readonly limit: number;
  /** Reference minus hypothesis length: the diagonal where every alignment ends. */
  readonly #endDiagonal: number;

  constructor(ids: TokenIdPair) {
    this.match = new MatchVectors(ids);
    this.columns = ids.hypothesis;
    this.rowCount = ids.reference.length;
    this.#endDiagonal = this.rowCount - this.columns.length;
    this.limit = this.#upperBound();
  }

  /** No column holds more blocks than this under {@link limit}. */
  get widestColumn(): number {
    return this.#blocksWithin(this.limit);
  }

  /** Column 0, with the rows that an alignment within {@link limit} may delete at its start. */
  start(): BandedColumns {
    const band = new BandedColumns(this.match);
    while (band.last < this.match.blockCount - 1 && this.#reachesBelow(band, 0, 1)) {
      band.extendBeforeFirstColumn();
    }
    return band;
  }

  /**
   * Moves `band` to column `column` (1-based), then follows the paths that can still end within
   * {@link limit}: a cell can only be on one if its value plus its distance from the final
   * diagonal is no more (E. Ukkonen 1985).
   */
  step(band: BandedColumns, column: number): void {
    const token = this.columns[column - 1]!;
    band.advance(this.match.select(token));
    const lastBlock = this.match.blockCount - 1;
    while (band.last < lastBlock && this.#reachesBelow(band, column, -1)) band.extend();
    this.match.release(token);
    while (band.last > band.first && this.#lastIsHopeless(band, column)) band.dropLast();
    while (band.last > band.first && this.#firstIsHopeless(band, column)) band.dropFirst();
  }

  /** `rise` is the least that the next row down can differ from the lowest of the band. */
  #reachesBelow(band: BandedColumns, column: number, rise: number): boolean {
    const row = (band.last + 1) * rowsPerBlock + 1;
    return band.bottomScore + rise + Math.abs(this.#endDiagonal + column - row) <= this.limit;
  }

  /** Cells above differ by at most one a row from the block's lowest, whose value is known. */
  #lastIsHopeless(band: BandedColumns, column: number): boolean {
    const lowRow = (band.last + 1) * rowsPerBlock;
    const highRow = lowRow - rowsPerBlock + 1;
    const endRow = this.#endDiagonal + column;
    return band.bottomScore - lowRow + Math.max(endRow, 2 * highRow - endRow) > this.limit;
  }

  /** As for the last block, from the cell above the first one. */
  #firstIsHopeless(band: BandedColumns, column: number): boolean {
    const aboveRow = band.first * rowsPerBlock;
    const lowRow = aboveRow + rowsPerBlock;
    const endRow = this.#endDiagonal + column;
    return band.topScore + aboveRow + Math.max(endRow - 2 * lowRow, -endRow) > this.limit;
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
    return Math.min(this.match.blockCount, Math.ceil(limit / rowsPerBlock) + 3);
  }

  /** Distance found by a band of fixed width that moves down wherever its lower end is better. */
  #trial(blocks: number): number {
    const band = new BandedColumns(this.match);
    const lastBlock = this.match.blockCount - 1;
    while (band.last < lastBlock && band.last < blocks - 1) band.extendBeforeFirstColumn();
    for (const token of this.columns) {
      band.advance(this.match.select(token));
      if (band.last < lastBlock && band.bottomScore < band.topScore) {
        band.extend();
        band.dropFirst();
      }
      this.match.release(token);
    }
    // Rows that the band never came down to count one deletion each.
    return band.scoreAt(this.rowCount);
  }
}
