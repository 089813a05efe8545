import type { HeadlineRate } from './chooseProfile.ts';
import { cjkTokens } from './cjkTokens.ts';
import type { TextProfile } from './textProfile.ts';

/** The units of a raw text whose errors a headline rate counts under a profile. */
export function scoredUnits(
  profile: TextProfile,
  rate: HeadlineRate,
): (rawText: string) => string[] {
  switch (rate) {
    case 'wer':
      return (text) => profile.tokens(profile.normalise(text));
    case 'mixer':
      return (text) => cjkTokens(profile.normalise(text));
    case 'cer_nospace':
      return (text) => Array.from(profile.normalise(text).replaceAll(' ', ''));
  }
}
