/**
 * Regular expressions with Python's idea of a word, which the rules were written for: letters
 * and numbers of any script and the underscore. JavaScript's `\b` and `\w` know ASCII only.
 */
const wordCharacter = String.raw`[\p{L}\p{N}_]`;

/** Word boundary in front of a word character. */
export const wordStart = `(?<!${wordCharacter})`;

/** Word boundary behind a word character. */
export const wordEnd = `(?!${wordCharacter})`;

/** A global pattern for `source` as whole words; it must begin and end with word characters. */
export function wholeWords(source: string): RegExp {
  return new RegExp(`${wordStart}(?:${source})${wordEnd}`, 'gu');
}
