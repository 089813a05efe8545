import type { ChunkBuilder } from './chunkBuilder.ts';

/** Longest reference {@link alignShort} takes: one machine word of rows. */
export const longestShortReference = 32;

/**
 * The alignment of `reference[start, refEnd)` with `hypothesis[start, hypEnd)`, as
 * `alignTokens` defines it, for at most 32 reference tokens: one word of bits a column, and
 * tokens compared directly, since numbering them would take longer than aligning them.
 */
export function alignShort(
  reference: readonly string[],
  hypothesis: readonly string[],
  start: number,
  refEnd: number,
  hypEnd: number,
  chunks: ChunkBuilder,
): void {
  const fingerprints: number[] = [];
  for (let index = start; index < refEnd; index++)
    fingerprints.push(fingerprint(reference[index]!));
  const plusOf: number[] = [-1];
  const minusOf: number[] = [0];
  let plus = -1;
  let minus = 0;
  for (let column = start; column < hypEnd; column++) {
    const matches = matchBits(reference, fingerprints, start, hypothesis[column]!);
    const diagonalOrMinus = matches | minus;
    const zero = (((matches & plus) + plus) ^ plus) | matches;
    const shiftedPlus = ((minus | ~(zero | plus)) << 1) | 1;
    const shiftedMinus = (plus & zero) << 1;
    plus = shiftedMinus | ~(diagonalOrMinus | shiftedPlus);
    minus = shiftedPlus & diagonalOrMinus;
    plusOf.push(plus);
    minusOf.push(minus);
  }
  let row = refEnd - start;
  let column = hypEnd - start;
  while (row > 0 && column > 0) {
    if (((plusOf[column]! >>> (row - 1)) & 1) === 1) {
      chunks.prepend('delete', 1);
      row--;
      continue;
    }
    column--;
    if (((minusOf[column]! >>> (row - 1)) & 1) === 1) {
      chunks.prepend('insert', 1);
      continue;
    }
    row--;
    const isHit = reference[start + row] === hypothesis[start + column];
    chunks.prepend(isHit ? 'equal' : 'substitute', 1);
  }
  chunks.prepend('delete', row);
  chunks.prepend('insert', column);
}

/** The reference rows that `token` matches, lowest bit first. */
function matchBits(
  reference: readonly string[],
  fingerprints: readonly number[],
  start: number,
  token: string,
): number {
  const sought = fingerprint(token);
  let bits = 0;
  for (let row = 0; row < fingerprints.length; row++) {
    if (fingerprints[row] === sought && reference[start + row] === token) bits |= 1 << row;
  }
  return bits;
}

/** Differs for most different words, and is much faster to compare than they are. */
function fingerprint(token: string): number {
  const { length } = token;
  const ends = (token.charCodeAt(0) << 16) ^ token.charCodeAt(length - 1);
  return ends ^ (token.charCodeAt(length >> 1) << 8) ^ (length << 24);
}
