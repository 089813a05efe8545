import type { TextProfile } from './textProfile.ts';
import { collapseWhiteSpace, splitWords } from './whiteSpace.ts';

/** Case, punctuation and spelling all count. */
export const noneProfile: TextProfile = {
  id: 'none@1',
  description: 'Unicode composed (NFC) and white space collapsed; everything else counts',
  spellingEntries: null,
  normalise: (text) => collapseWhiteSpace(text.normalize('NFC')),
  tokens: splitWords,
};
