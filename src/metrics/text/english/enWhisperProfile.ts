import { deleteBracketedSpans } from '../bracketedSpans.ts';
import { foldDiacritics } from '../foldDiacritics.ts';
import type { TextProfile } from '../textProfile.ts';
import { collapseWhiteSpace, splitWords, whiteSpaceClass } from '../whiteSpace.ts';
import spellings from './britishToAmerican.json' with { type: 'json' };
import { expandContractions } from './contractions.ts';
import { normaliseSpokenNumbers } from './spokenNumbers.ts';
import { wholeWords } from './wordPattern.ts';

const americanSpellings: ReadonlyMap<string, string> = new Map(Object.entries(spellings));

const fillers = wholeWords('hmm|mm|mhm|mmm|uh|um');
const spaceBeforeApostrophe = new RegExp(`${whiteSpaceClass}+'`, 'gu');
const thousandsComma = /(\p{Nd}),(\p{Nd})/gu;
const stopBeforeNonDigit = /\.([^0-9]|$)/gu;
const symbolBeforeNonDigit = /[.$¢€£]([^0-9])/gu;
const percentAfterNonDigit = /([^0-9])%/gu;
/** Symbols that belong to numbers. */
const numberSymbols: ReadonlySet<string> = new Set(['.', '%', '$', '¢', '€', '£']);

/**
 * Whisper's `EnglishTextNormalizer`, which most published English word error rates use. Not
 * idempotent ("oh seven" is `07`, and that again `7`).
 */
export const enWhisperProfile: TextProfile = {
  id: 'en-whisper@1',
  description: "Whisper's English rules: contractions, fillers, numbers, American spelling",
  spellingEntries: americanSpellings.size,
  normalise: normaliseEnglish,
  tokens: splitWords,
};

function normaliseEnglish(text: string): string {
  const spoken = deleteBracketedSpans(text.toLowerCase())
    .replace(fillers, '')
    .replace(spaceBeforeApostrophe, "'");
  const plain = expandContractions(spoken)
    .replace(thousandsComma, '$1$2')
    .replace(stopBeforeNonDigit, ' $1');
  const numbers = normaliseSpokenNumbers(foldDiacritics(plain, numberSymbols));
  const american = americanSpelling(numbers)
    .replace(symbolBeforeNonDigit, ' $1')
    .replace(percentAfterNonDigit, '$1 ');
  return collapseWhiteSpace(american);
}

/** American spelling of British words, word by word. */
export function americanSpelling(text: string): string {
  return splitWords(text)
    .map((word) => americanSpellings.get(word) ?? word)
    .join(' ');
}
