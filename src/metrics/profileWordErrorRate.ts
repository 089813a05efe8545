import { editDistance } from './text/editDistance.ts';
import type { TextProfile } from './text/textProfile.ts';
import type { WordErrorRateAgainst } from './werOverTime.ts';

/**
 * (S + D + I) / N under a text profile, for the metrics that score many texts against one
 * reference and need no alignment. A text that is asked for again is not scored again.
 */
export function profileWordErrorRate(profile: TextProfile): WordErrorRateAgainst {
  const tokensOf = (text: string) => profile.tokens(profile.normalise(text));
  return (reference) => {
    const referenceTokens = tokensOf(reference);
    if (referenceTokens.length === 0) return null;
    const known = new Map<string, number>();
    return (hypothesis) => {
      const rate =
        known.get(hypothesis) ??
        editDistance(referenceTokens, tokensOf(hypothesis)) / referenceTokens.length;
      known.set(hypothesis, rate);
      return rate;
    };
  };
}
