import type { Alignment } from './alignment.ts';
import type { BandCheckpoint, BandedColumns } from './bandedColumns.ts';
import { alignShort, longestShortReference } from './alignShort.ts';
import { ChunkBuilder } from './chunkBuilder.ts';
import { commonAffix } from './commonAffix.ts';
import { EditBand, trim, type PathEnd } from './editBand.ts';
import { tokenIds, type TokenIdPair } from './tokenIds.ts';

/** Fewest columns worth a checkpoint. */
const shortestPart = 64;

/**
 * Least-cost alignment of two token sequences (substitution, deletion and insertion cost 1).
 *
 * Of the alignments with the fewest errors it is always the same one: common prefix and suffix
 * first, then from the end a deletion where one is on a best path, else an insertion where the
 * cell to the left is less than its upper neighbour, else a hit or substitution. That is the
 * alignment of RapidFuzz, and so of jiwer.
 *
 * Time is at most about `distance * length / 64` machine-word steps. Memory is about
 * `distance * sqrt(length) / 2` bytes besides the texts: instead of the whole matrix only every
 * so many columns are kept, and those between are computed again on the way back, where only
 * the cells that can lead to the path's next point are needed.
 */
export function alignTokens(
  reference: readonly string[],
  hypothesis: readonly string[],
): Alignment {
  const { prefixLength, suffixLength } = commonAffix(reference, hypothesis);
  const refEnd = reference.length - suffixLength;
  const hypEnd = hypothesis.length - suffixLength;
  const chunks = new ChunkBuilder(reference.length, hypothesis.length);
  chunks.prepend('equal', suffixLength);
  if (refEnd - prefixLength <= longestShortReference) {
    alignShort(reference, hypothesis, prefixLength, refEnd, hypEnd, chunks);
  } else if (hypEnd > prefixLength) {
    alignIds(tokenIds(reference, hypothesis, prefixLength, refEnd, hypEnd), chunks);
  } else {
    chunks.prepend('delete', refEnd - prefixLength);
  }
  chunks.prepend('equal', prefixLength);
  return chunks.finish();
}

function alignIds(ids: TokenIdPair, chunks: ChunkBuilder): void {
  const matrix = new EditBand(ids);
  const columnCount = ids.hypothesis.length;
  const partLength = Math.max(shortestPart, Math.ceil(Math.sqrt(columnCount)));
  const checkpoints: BandCheckpoint[] = [];
  const band = matrix.start();
  for (let column = 1; column <= columnCount; column++) {
    if ((column - 1) % partLength === 0) checkpoints.push(band.checkpoint());
    matrix.step(band, column, matrix.end);
  }
  const trace = new Traceback(ids, chunks, band.scoreAt(matrix.rowCount));
  const history = new BandHistory(partLength, matrix.widestColumn);
  for (let part = checkpoints.length - 1; part >= 0 && !trace.isAtTop; part--) {
    const before = part * partLength;
    band.restore(checkpoints[part]!);
    recordPart(matrix, band, before, trace, history);
    trace.walk(history, before);
  }
  trace.finish();
}

/** Computes the columns from `before` to the trace's again, as far as they can lead there. */
function recordPart(
  matrix: EditBand,
  band: BandedColumns,
  before: number,
  trace: Traceback,
  history: BandHistory,
): void {
  const end = trace.position;
  trim(band, before, end);
  history.begin(before, band);
  for (let column = before + 1; column <= trace.column; column++) {
    matrix.step(band, column, end);
    history.record(column, band);
  }
}

/** The vertical differences of a run of columns. */
class BandHistory {
  readonly #stride: number;
  readonly #plus: Int32Array;
  readonly #minus: Int32Array;
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  #before = 0;

  constructor(columnCount: number, widestColumn: number) {
    this.#stride = widestColumn;
    const size = (columnCount + 1) * widestColumn;
    this.#plus = new Int32Array(size);
    this.#minus = new Int32Array(size);
    this.#first = new Int32Array(columnCount + 1);
    this.#last = new Int32Array(columnCount + 1);
  }

  /** Forgets everything and records the column `before` those to come. */
  begin(before: number, band: BandedColumns): void {
    this.#before = before;
    this.record(before, band);
  }

  record(column: number, band: BandedColumns): void {
    const { first, last, plus, minus } = band;
    const slot = column - this.#before;
    this.#first[slot] = first;
    this.#last[slot] = last;
    const start = slot * this.#stride - first;
    for (let block = first; block <= last; block++) {
      this.#plus[start + block] = plus[block]!;
      this.#minus[start + block] = minus[block]!;
    }
  }

  /** Whether the cell is one more than the cell above it. `row` is 1-based. */
  isOneMoreThanAbove(column: number, row: number): boolean {
    return this.#bit(this.#plus, column, row);
  }

  /** Whether the cell is one less than the cell above it; false outside the band. */
  isOneLessThanAbove(column: number, row: number): boolean {
    return this.#bit(this.#minus, column, row);
  }

  #bit(bits: Int32Array, column: number, row: number): boolean {
    const slot = column - this.#before;
    const block = (row - 1) >> 5;
    if (block < this.#first[slot]! || block > this.#last[slot]!) return false;
    const word = bits[slot * this.#stride + block - this.#first[slot]!]!;
    return ((word >>> ((row - 1) & 31)) & 1) === 1;
  }
}

/** Walks from the last cell to the first, by the preference in {@link alignTokens}. */
class Traceback {
  readonly #ids: TokenIdPair;
  readonly #chunks: ChunkBuilder;
  #row: number;
  #column: number;
  /** Value of the current cell: the errors still to be found. */
  #cost: number;

  constructor(ids: TokenIdPair, chunks: ChunkBuilder, distance: number) {
    this.#ids = ids;
    this.#chunks = chunks;
    this.#row = ids.reference.length;
    this.#column = ids.hypothesis.length;
    this.#cost = distance;
  }

  get column(): number {
    return this.#column;
  }

  get position(): PathEnd {
    return { diagonal: this.#row - this.#column, cost: this.#cost };
  }

  get isAtTop(): boolean {
    return this.#row === 0;
  }

  /** Back to column `before`, the one in front of the recorded part. */
  walk(history: BandHistory, before: number): void {
    while (this.#row > 0 && this.#column > before) {
      if (history.isOneMoreThanAbove(this.#column, this.#row)) {
        this.#row--;
        this.#error('delete');
        continue;
      }
      this.#column--;
      if (history.isOneLessThanAbove(this.#column, this.#row)) {
        this.#error('insert');
        continue;
      }
      this.#row--;
      // An unknown token's id is none of the reference's.
      const isHit = this.#ids.reference[this.#row] === this.#ids.hypothesis[this.#column];
      if (isHit) this.#chunks.prepend('equal', 1);
      else this.#error('substitute');
    }
  }

  /** One side is used up: the rest of the other is deleted or inserted. */
  finish(): void {
    this.#chunks.prepend('delete', this.#row);
    this.#chunks.prepend('insert', this.#column);
  }

  #error(type: 'substitute' | 'delete' | 'insert'): void {
    this.#chunks.prepend(type, 1);
    this.#cost--;
  }
}
