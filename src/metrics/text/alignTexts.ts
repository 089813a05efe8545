import { alignTokens } from './alignTokens.ts';
import type { Alignment } from './alignment.ts';
import type { TextProfile } from './textProfile.ts';

/** One side of a comparison: as written, as compared, and cut into tokens. */
export interface PreparedText {
  raw: string;
  normalised: string;
  tokens: string[];
}

/** A reference and a hypothesis under one profile, token by token. */
export interface AlignedTexts {
  profileId: string;
  reference: PreparedText;
  hypothesis: PreparedText;
  alignment: Alignment;
}

/** Normalises both raw texts (once) and aligns their tokens. */
export function alignTexts(
  reference: string,
  hypothesis: string,
  profile: TextProfile,
): AlignedTexts {
  const preparedReference = prepare(reference, profile);
  const preparedHypothesis = prepare(hypothesis, profile);
  return {
    profileId: profile.id,
    reference: preparedReference,
    hypothesis: preparedHypothesis,
    alignment: alignTokens(preparedReference.tokens, preparedHypothesis.tokens),
  };
}

function prepare(raw: string, profile: TextProfile): PreparedText {
  const normalised = profile.normalise(raw);
  return { raw, normalised, tokens: profile.tokens(normalised) };
}
