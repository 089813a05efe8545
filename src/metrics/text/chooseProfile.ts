/** The rate to show first, by its metric id. */
export type HeadlineRate = 'wer' | 'cer_nospace' | 'mixer';

export interface ProfileChoice {
  profileId: string;
  headline: HeadlineRate;
  /** Why, in a sentence to show beside the number. */
  reason: string;
}

/** From this share of letters on, a text counts as written without spaces between words. */
const unspacedShare = 0.3;

const letter = /\p{L}/gu;
const hanOrKana =
  /(?=\p{L})[\p{Script_Extensions=Han}\p{Script_Extensions=Hiragana}\p{Script_Extensions=Katakana}]/gu;
const unspacedSoutheastAsian =
  /(?=\p{L})[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;
const english = /^en(?:[-_]|$)/i;

/**
 * The profile and headline rate for a corpus, from its language (BCP 47, null if unknown) and
 * its reference texts. Where words are not written with spaces between them, one wrong
 * character would make a whole sentence one wrong word, so characters are counted instead; and
 * where such text is mixed with as much spaced text, characters and words together.
 */
export function chooseProfile(
  language: string | null,
  referenceTexts: readonly string[],
): ProfileChoice {
  if (language !== null && english.test(language)) {
    return { profileId: 'en-whisper@1', headline: 'wer', reason: 'The language is English.' };
  }
  const letters = countMatches(referenceTexts, letter);
  const cjk = countMatches(referenceTexts, hanOrKana);
  const unspaced = cjk + countMatches(referenceTexts, unspacedSoutheastAsian);
  if (letters === 0 || unspaced / letters < unspacedShare) {
    return {
      profileId: 'basic@1',
      headline: 'wer',
      reason: language === null ? 'The language is unknown.' : 'The language is not English.',
    };
  }
  const percent = Math.round((100 * unspaced) / letters);
  const why = `${percent} % of the letters belong to scripts without spaces between words`;
  if (cjk === unspaced && 1 - unspaced / letters >= unspacedShare) {
    return {
      profileId: 'cjk-char@1',
      headline: 'mixer',
      reason: `${why}, the others to words: characters and words are counted together.`,
    };
  }
  return {
    profileId: 'basic@1',
    headline: 'cer_nospace',
    reason: `${why}: characters are counted, not words.`,
  };
}

function countMatches(texts: readonly string[], pattern: RegExp): number {
  return texts.reduce((sum, text) => sum + (text.match(pattern)?.length ?? 0), 0);
}
