import type { Alignment } from '../../../../src/metrics/text/alignment.ts';
import { ChunkBuilder } from '../../../../src/metrics/text/chunkBuilder.ts';

/**
 * The alignment written down as directly as possible: the whole matrix of distances, then the
 * trace back from its last cell. What the fast method must agree with, operation by operation.
 */
export function plainAlignment<Token extends string | number>(
  reference: readonly Token[],
  hypothesis: readonly Token[],
): Alignment {
  let start = 0;
  let refEnd = reference.length;
  let hypEnd = hypothesis.length;
  while (start < refEnd && start < hypEnd && reference[start] === hypothesis[start]) start++;
  while (refEnd > start && hypEnd > start && reference[refEnd - 1] === hypothesis[hypEnd - 1]) {
    refEnd--;
    hypEnd--;
  }
  const chunks = new ChunkBuilder(reference.length, hypothesis.length);
  chunks.prepend('equal', reference.length - refEnd);
  traceBack(reference.slice(start, refEnd), hypothesis.slice(start, hypEnd), chunks);
  chunks.prepend('equal', start);
  return chunks.finish();
}

function traceBack<Token extends string | number>(
  reference: readonly Token[],
  hypothesis: readonly Token[],
  chunks: ChunkBuilder,
): void {
  const width = hypothesis.length + 1;
  const cells = distanceMatrix(reference, hypothesis);
  let row = reference.length;
  let column = hypothesis.length;
  while (row > 0 && column > 0) {
    const cell = cells[row * width + column]!;
    const left = cells[row * width + column - 1]!;
    const above = cells[(row - 1) * width + column]!;
    const diagonal = cells[(row - 1) * width + column - 1]!;
    if (cell === above + 1) {
      chunks.prepend('delete', 1);
      row--;
    } else if (left === diagonal - 1) {
      chunks.prepend('insert', 1);
      column--;
    } else {
      chunks.prepend(cell === diagonal ? 'equal' : 'substitute', 1);
      row--;
      column--;
    }
  }
  chunks.prepend('delete', row);
  chunks.prepend('insert', column);
}

/** All edit distances between prefixes, row by row; 16-bit cells, so below 65,535 tokens. */
function distanceMatrix<Token extends string | number>(
  reference: readonly Token[],
  hypothesis: readonly Token[],
): Uint16Array {
  const width = hypothesis.length + 1;
  const cells = new Uint16Array((reference.length + 1) * width);
  for (let column = 0; column < width; column++) cells[column] = column;
  for (let row = 1; row <= reference.length; row++) {
    const token = reference[row - 1];
    const rowStart = row * width;
    cells[rowStart] = row;
    for (let column = 1; column < width; column++) {
      const index = rowStart + column;
      const diagonal = cells[index - width - 1]! + (token === hypothesis[column - 1] ? 0 : 1);
      const above = cells[index - width]! + 1;
      const left = cells[index - 1]! + 1;
      cells[index] = Math.min(diagonal, above, left);
    }
  }
  return cells;
}
