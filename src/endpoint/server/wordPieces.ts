/** A delta in pieces, each a word with the white space before it. */
export function wordPieces(delta: string): string[] {
  return delta.match(/\s*\S+/g) ?? [];
}
