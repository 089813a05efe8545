import type { Word } from './words.ts';

/**
 * How many words of `text` say what `said` says: where to go on after text that cannot be taken
 * back. The cut is the one with the smallest edit distance (over letters and digits, so that
 * "fellow-americans" and "fellow Americans" are the same); of several, the one whose length is
 * nearest to that of `said`, and of two such the longer.
 */
export function anchorWord(said: readonly Word[], text: readonly Word[]): number {
  const saidLetters = said.map((word) => word.key).join('');
  const distances = prefixDistances(saidLetters, text.map((word) => word.key).join(''));
  let best = { words: 0, distance: saidLetters.length, offBy: saidLetters.length };
  let letters = 0;
  text.forEach((word, index) => {
    letters += word.key.length;
    const distance = distances[letters] ?? Infinity;
    const offBy = Math.abs(letters - saidLetters.length);
    const better = distance < best.distance || (distance === best.distance && offBy <= best.offBy);
    if (better) best = { words: index + 1, distance, offBy };
  });
  return best.words;
}

/** Levenshtein distance of `a` to each prefix of `b`, by the prefix's length. */
function prefixDistances(a: string, b: string): number[] {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let line = 1; line <= a.length; line += 1) {
    const next = [line];
    for (let column = 1; column <= b.length; column += 1) {
      const substituted = (row[column - 1] ?? 0) + (a[line - 1] === b[column - 1] ? 0 : 1);
      const oneMore = Math.min(row[column] ?? 0, next[column - 1] ?? 0) + 1;
      next.push(Math.min(substituted, oneMore));
    }
    row = next;
  }
  return row;
}
