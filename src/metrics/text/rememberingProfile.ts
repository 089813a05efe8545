import type { TextProfile } from './textProfile.ts';

/** Characters of texts that are remembered at a time: those of some ten thousand utterances. */
const mostChars = 1_000_000;

/**
 * The same profile, for scoring many texts: one that comes again, as a reference does for each of
 * its sessions and measures, is not normalised and cut again. Tokens are shared: do not change them.
 */
export function rememberingProfile(profile: TextProfile): TextProfile {
  return {
    ...profile,
    normalise: remembering(profile.normalise),
    tokens: remembering(profile.tokens),
  };
}

function remembering<Result>(compute: (text: string) => Result): (text: string) => Result {
  const known = new Map<string, Result>();
  let chars = 0;
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const result = compute(text);
    if (chars > mostChars) {
      known.clear();
      chars = 0;
    }
    known.set(text, result);
    chars += text.length;
    return result;
  };
}
