import { splitWords } from './whiteSpace.ts';

/** A Han, Hiragana or Katakana letter or number with the marks that belong to it. */
const cjkCharacter =
  /(?=[\p{L}\p{N}])[\p{Script_Extensions=Han}\p{Script_Extensions=Hiragana}\p{Script_Extensions=Katakana}]\p{M}*/gu;

/** Words, but every Han, Hiragana and Katakana character on its own. Hangul stays words. */
export function cjkTokens(normalisedText: string): string[] {
  return splitWords(normalisedText.replace(cjkCharacter, ' $& '));
}
