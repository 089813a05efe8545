import { deleteBracketedSpans } from './bracketedSpans.ts';
import type { TextProfile } from './textProfile.ts';
import { collapseWhiteSpace, splitWords } from './whiteSpace.ts';

const symbolOrPunctuation = /[\p{S}\p{P}]/gu;

/**
 * For any language. Keeps all marks: in many scripts they are vowels, and a word without them
 * is another word or none.
 */
export const basicProfile: TextProfile = {
  id: 'basic@1',
  description: 'Lower case, no symbols, punctuation or bracketed comments; for any language',
  spellingEntries: null,
  normalise: normaliseBasic,
  tokens: splitWords,
};

export function normaliseBasic(text: string): string {
  const plain = deleteBracketedSpans(text.normalize('NFKC').toLowerCase());
  return collapseWhiteSpace(plain.replace(symbolOrPunctuation, ' '));
}
