/** Two token sequences as small integers, for the bit-vector methods. */
export interface TokenIdPair {
  reference: Int32Array;
  /** Tokens that the reference does not have are {@link unknownTokenId}. */
  hypothesis: Int32Array;
  /** Reference ids are `0 .. vocabularySize - 1`. */
  vocabularySize: number;
}

/** Id of a hypothesis token that the reference does not have: it matches nothing. */
export const unknownTokenId = -1;

/**
 * Numbers the tokens of `reference[start, refEnd)` by first occurrence and looks those of
 * `hypothesis[start, hypEnd)` up.
 */
export function tokenIds(
  reference: readonly string[],
  hypothesis: readonly string[],
  start: number,
  refEnd: number,
  hypEnd: number,
): TokenIdPair {
  const idOf = new Map<string, number>();
  const refIds = new Int32Array(refEnd - start);
  for (let index = start; index < refEnd; index++) {
    const token = reference[index]!;
    let id = idOf.get(token);
    if (id === undefined) {
      id = idOf.size;
      idOf.set(token, id);
    }
    refIds[index - start] = id;
  }
  const hypIds = new Int32Array(hypEnd - start);
  for (let index = start; index < hypEnd; index++) {
    hypIds[index - start] = idOf.get(hypothesis[index]!) ?? unknownTokenId;
  }
  return { reference: refIds, hypothesis: hypIds, vocabularySize: idOf.size };
}
