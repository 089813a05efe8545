import { commonAffix } from './commonAffix.ts';
import { EditBand } from './editBand.ts';
import { tokenIds } from './tokenIds.ts';

/**
 * Least number of substitutions, deletions and insertions that turn `reference` into
 * `hypothesis`, each at cost 1. Memory is proportional to the texts, so it is the one to use
 * where the operations themselves are not needed (character error rates).
 */
export function editDistance(reference: readonly string[], hypothesis: readonly string[]): number {
  const { prefixLength, suffixLength } = commonAffix(reference, hypothesis);
  const refEnd = reference.length - suffixLength;
  const hypEnd = hypothesis.length - suffixLength;
  if (refEnd === prefixLength) return hypEnd - prefixLength;
  if (hypEnd === prefixLength) return refEnd - prefixLength;
  const ids = tokenIds(reference, hypothesis, prefixLength, refEnd, hypEnd);
  const matrix = new EditBand(ids);
  const band = matrix.start();
  for (let column = 1; column <= matrix.columns.length; column++)
    matrix.step(band, column, matrix.end);
  return band.scoreAt(matrix.rowCount);
}
