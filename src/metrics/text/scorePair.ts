import type { EditCounts } from './alignment.ts';
import { editTotal } from './alignment.ts';
import { alignTexts, type AlignedTexts } from './alignTexts.ts';
import { cjkTokens } from './cjkTokens.ts';
import { editDistance } from './editDistance.ts';
import type { TextProfile } from './textProfile.ts';
import {
  hypothesisTokens,
  referenceTokens,
  silenceRates,
  textRates,
  type EditTotals,
  type TextRates,
  type TextTotals,
} from './textRates.ts';

/** How one hypothesis compares with its reference. Plain data; no value is NaN or infinite. */
export interface PairScore extends TextTotals {
  profileId: string;
  rates: TextRates;
  /**
   * Why rates are null. `empty_reference`: nothing was said but something was recognised, so
   * `wer`, `cer`, `cer_nospace` and `mixer` have no denominator; see `hallucinatedWords`.
   */
  nullReason: 'empty_reference' | null;
  /** The raw texts are the same string. */
  exact: boolean;
  /** Insertions where the reference is empty, else 0. Metric id `hallucinated_words`. */
  hallucinatedWords: number;
}

/** Scores a raw hypothesis against a raw reference under a profile. */
export function scorePair(reference: string, hypothesis: string, profile: TextProfile): PairScore {
  return scoreAlignedTexts(alignTexts(reference, hypothesis, profile));
}

/** As {@link scorePair}, for texts that are already aligned. */
export function scoreAlignedTexts(texts: AlignedTexts): PairScore {
  const reference = texts.reference.normalised;
  const hypothesis = texts.hypothesis.normalised;
  const words = texts.alignment.counts;
  const totals: TextTotals = {
    words,
    characters: editTotals(Array.from(reference), Array.from(hypothesis)),
    charactersNoSpace: editTotals(withoutSpace(reference), withoutSpace(hypothesis)),
    mixed: mixedTotals(texts, words),
  };
  const saidNothing = referenceTokens(words) === 0;
  const silence = saidNothing && hypothesisTokens(words) === 0;
  return {
    profileId: texts.profileId,
    ...totals,
    rates: silence ? { ...silenceRates } : textRates(totals),
    nullReason: saidNothing && !silence ? 'empty_reference' : null,
    exact: texts.reference.raw === texts.hypothesis.raw,
    hallucinatedWords: saidNothing ? words.insertions : 0,
  };
}

/** Normalised texts hold no white space but single spaces. */
function withoutSpace(normalised: string): string[] {
  return Array.from(normalised.replaceAll(' ', ''));
}

function mixedTotals(texts: AlignedTexts, words: EditCounts): EditTotals {
  const reference = cjkTokens(texts.reference.normalised);
  const hypothesis = cjkTokens(texts.hypothesis.normalised);
  // A word gives at least one unit, so as many units as tokens means that they are the tokens.
  const sameUnits =
    reference.length === texts.reference.tokens.length &&
    hypothesis.length === texts.hypothesis.tokens.length;
  if (!sameUnits) return editTotals(reference, hypothesis);
  return {
    errors: editTotal(words),
    referenceLength: reference.length,
    hypothesisLength: hypothesis.length,
  };
}

function editTotals(reference: readonly string[], hypothesis: readonly string[]): EditTotals {
  return {
    errors: editDistance(reference, hypothesis),
    referenceLength: reference.length,
    hypothesisLength: hypothesis.length,
  };
}
