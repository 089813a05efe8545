/**
 * Words as the timing metrics count them: runs between white space, but in scripts written
 * without spaces every character (with its combining marks) is a word of its own. A run is cut
 * after 100 characters, so that text that never has a space stays as quick as any other.
 */
const wordPattern =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]\p{M}*|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]{1,100}/gu;

/** Words that are in light form already, which most are. */
const plainWord = /^[a-z0-9]+$/;

const outerPunctuation = /^[\p{P}\p{S}]+|[\p{P}\p{S}]+$/gu;

/** A stretch of text that counts as a word, `offsetChars` UTF-16 units into the text. */
export interface FoundWord {
  text: string;
  offsetChars: number;
}

export function findWords(text: string): FoundWord[] {
  const found: FoundWord[] = [];
  // An exec loop: matchAll costs three times as much on texts as short as deltas.
  wordPattern.lastIndex = 0;
  for (;;) {
    const match = wordPattern.exec(text);
    if (!match) return found;
    found.push({ text: match[0], offsetChars: match.index });
  }
}

/** How words are compared: as they are, or without letter case and outer punctuation. */
export type WordForm = (word: string) => string;

export const rawForm: WordForm = (word) => word;

/** Case-folded, outer punctuation removed; empty for a word that is punctuation only. */
export const lightForm: WordForm = (word) =>
  plainWord.test(word)
    ? word
    : word.normalize('NFC').toLowerCase().replaceAll(outerPunctuation, '');

/** The words of a text in the form asked for, without those the form leaves empty. */
export function wordsOf(text: string, form: WordForm): string[] {
  return findWords(text)
    .map((word) => form(word.text))
    .filter((word) => word !== '');
}
