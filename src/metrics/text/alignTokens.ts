import type { Alignment } from './alignment.ts';
import type { BandCheckpoint, BandedColumns } from './bandedColumns.ts';
import { alignShort, longestShortReference } from './alignShort.ts';
import { ChunkBuilder } from './chunkBuilder.ts';
import { commonAffix } from './commonAffix.ts';
import { EditBand } from './editBand.ts';
import { tokenIds, unknownTokenId, type TokenIdPair } from './tokenIds.ts';

/** Blocks of history kept at once: 8 bytes each, so 4 MB. */
const defaultHistoryBlocks = 512 * 1024;

/**
 * Least-cost alignment of two token sequences (substitution, deletion and insertion cost 1).
 *
 * Of the alignments with the fewest errors it is always the same one: common prefix and suffix
 * first, then from the end a deletion where one is on a best path, else an insertion where the
 * cell to the left is less than its upper neighbour, else a hit or substitution. That is the
 * alignment of RapidFuzz for texts within its own size limit, and so of jiwer.
 *
 * Time is about `distance * length / 64` machine-word steps. `historyBlocks` bounds memory:
 * where the whole band does not fit, it is computed twice, in parts, with the same result.
 */
export function alignTokens(
  reference: readonly string[],
  hypothesis: readonly string[],
  historyBlocks = defaultHistoryBlocks,
): Alignment {
  const { prefixLength, suffixLength } = commonAffix(reference, hypothesis);
  const refEnd = reference.length - suffixLength;
  const hypEnd = hypothesis.length - suffixLength;
  const chunks = new ChunkBuilder(reference.length, hypothesis.length);
  chunks.prepend('equal', suffixLength);
  if (refEnd - prefixLength <= longestShortReference) {
    alignShort(reference, hypothesis, prefixLength, refEnd, hypEnd, chunks);
  } else if (hypEnd > prefixLength) {
    const ids = tokenIds(reference, hypothesis, prefixLength, refEnd, hypEnd);
    alignIds(ids, chunks, historyBlocks);
  } else {
    chunks.prepend('delete', refEnd - prefixLength);
  }
  chunks.prepend('equal', prefixLength);
  return chunks.finish();
}

function alignIds(ids: TokenIdPair, chunks: ChunkBuilder, historyBlocks: number): void {
  const matrix = new EditBand(ids);
  const columnCount = ids.hypothesis.length;
  const fitting = Math.floor(historyBlocks / matrix.widestColumn);
  // Parts shorter than this would cost more memory in checkpoints than they save in history.
  const partLength = Math.min(columnCount, Math.max(fitting, Math.ceil(Math.sqrt(columnCount))));
  const checkpoints = partCheckpoints(matrix, partLength);
  const history = new BandHistory(partLength, matrix.widestColumn);
  const trace = new Traceback(ids, chunks);
  for (let part = checkpoints.length - 1; part >= 0; part--) {
    const before = part * partLength;
    const band = matrix.start();
    band.restore(checkpoints[part]!);
    history.begin(before, band);
    const end = Math.min(columnCount, before + partLength);
    for (let column = before + 1; column <= end; column++) {
      matrix.step(band, column);
      history.record(column, band);
    }
    trace.walk(history, before);
  }
  trace.finish();
}

/** The band before each part of `partLength` columns; costs a pass if there is more than one. */
function partCheckpoints(matrix: EditBand, partLength: number): BandCheckpoint[] {
  const band = matrix.start();
  const checkpoints = [band.checkpoint()];
  const lastPartStart = matrix.columns.length - 1 - ((matrix.columns.length - 1) % partLength);
  for (let column = 1; column <= lastPartStart; column++) {
    matrix.step(band, column);
    if (column % partLength === 0) checkpoints.push(band.checkpoint());
  }
  return checkpoints;
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

  constructor(ids: TokenIdPair, chunks: ChunkBuilder) {
    this.#ids = ids;
    this.#chunks = chunks;
    this.#row = ids.reference.length;
    this.#column = ids.hypothesis.length;
  }

  /** Back to column `before`, the one in front of the recorded part. */
  walk(history: BandHistory, before: number): void {
    while (this.#row > 0 && this.#column > before) {
      if (history.isOneMoreThanAbove(this.#column, this.#row)) {
        this.#chunks.prepend('delete', 1);
        this.#row--;
        continue;
      }
      this.#column--;
      if (history.isOneLessThanAbove(this.#column, this.#row)) {
        this.#chunks.prepend('insert', 1);
        continue;
      }
      this.#row--;
      const token = this.#ids.reference[this.#row]!;
      const isHit = token !== unknownTokenId && token === this.#ids.hypothesis[this.#column];
      this.#chunks.prepend(isHit ? 'equal' : 'substitute', 1);
    }
  }

  /** One side is used up: the rest of the other is deleted or inserted. */
  finish(): void {
    this.#chunks.prepend('delete', this.#row);
    this.#chunks.prepend('insert', this.#column);
  }
}
