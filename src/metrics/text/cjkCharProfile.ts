import { normaliseBasic } from './basicProfile.ts';
import { cjkTokens } from './cjkTokens.ts';
import type { TextProfile } from './textProfile.ts';

/** For Chinese and Japanese, also mixed with words of other scripts: `wer` is then `mixer`. */
export const cjkCharProfile: TextProfile = {
  id: 'cjk-char@1',
  description: 'As basic@1, and every Chinese or Japanese character is a token of its own',
  spellingEntries: null,
  normalise: normaliseBasic,
  tokens: cjkTokens,
};
