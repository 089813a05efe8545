import { deleteBracketedSpans } from './bracketedSpans.ts';
import { foldDiacritics } from './foldDiacritics.ts';
import type { TextProfile } from './textProfile.ts';
import { collapseWhiteSpace, splitWords } from './whiteSpace.ts';

const markSymbolOrPunctuation = /[\p{M}\p{S}\p{P}]/gu;
const keepNothing: ReadonlySet<string> = new Set();

/**
 * Whisper's `BasicTextNormalizer`, for comparison with published numbers only: it replaces marks
 * by spaces, which cuts the words of Devanagari, Tamil, Thai and vowelled Arabic to pieces.
 */
export const basicWhisperProfile: TextProfile = {
  id: 'basic-whisper@1',
  description: "Whisper's basic normaliser, to compare with published numbers; breaks Indic words",
  spellingEntries: null,
  normalise: (text) =>
    finish(beforeSymbols(text).normalize('NFKC').replace(markSymbolOrPunctuation, ' ')),
  tokens: splitWords,
};

/** Whisper's `BasicTextNormalizer(remove_diacritics=True)`. */
export const basicWhisperPlainProfile: TextProfile = {
  id: 'basic-whisper-plain@1',
  description: "Whisper's basic normaliser with diacritics removed, to compare published numbers",
  spellingEntries: null,
  normalise: (text) => finish(foldDiacritics(beforeSymbols(text), keepNothing)),
  tokens: splitWords,
};

function beforeSymbols(text: string): string {
  return deleteBracketedSpans(text.toLowerCase());
}

/** Compatibility forms may have brought capitals back, so the case is lowered again. */
function finish(text: string): string {
  return collapseWhiteSpace(text.toLowerCase());
}
