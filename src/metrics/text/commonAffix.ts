/** What two sequences share at both ends. The suffix never overlaps the prefix. */
export interface CommonAffix {
  prefixLength: number;
  suffixLength: number;
}

export function commonAffix(
  reference: readonly string[],
  hypothesis: readonly string[],
): CommonAffix {
  const shorter = Math.min(reference.length, hypothesis.length);
  let prefixLength = 0;
  while (prefixLength < shorter && reference[prefixLength] === hypothesis[prefixLength]) {
    prefixLength++;
  }
  const longestSuffix = shorter - prefixLength;
  let suffixLength = 0;
  while (
    suffixLength < longestSuffix &&
    reference[reference.length - 1 - suffixLength] ===
      hypothesis[hypothesis.length - 1 - suffixLength]
  ) {
    suffixLength++;
  }
  return { prefixLength, suffixLength };
}
