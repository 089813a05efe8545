/** Words as they are understood while the last of them is not heard to its end yet. */
export function guessedWords(words: readonly string[]): string[] {
  return words.map((word, at) => (at === words.length - 1 ? word.slice(0, -1) : word));
}
