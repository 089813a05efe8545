import { editTotal, type EditCounts } from './alignment.ts';

/** Metric ids, as saved files spell them. */
export type TextRateId =
  | 'wer'
  | 'sub_rate'
  | 'del_rate'
  | 'ins_rate'
  | 'mer'
  | 'wip'
  | 'wil'
  | 'cer'
  | 'cer_nospace'
  | 'mixer';

/** Ratios (0.083 is 8.3 %). Null where there is nothing to divide by. */
export type TextRates = Record<TextRateId, number | null>;

/** Errors and lengths of one way to cut the texts into units; these may be summed. */
export interface EditTotals {
  /** Substitutions, deletions and insertions together: the edit distance. */
  errors: number;
  referenceLength: number;
  hypothesisLength: number;
}

/** Everything that rates are computed from. Corpus rates use the sums over its utterances. */
export interface TextTotals {
  /** Token counts of the alignment. */
  words: EditCounts;
  /** Code points of the normalised text, spaces included. */
  characters: EditTotals;
  /** The same without white space. */
  charactersNoSpace: EditTotals;
  /** Words, and every Chinese or Japanese character by itself. */
  mixed: EditTotals;
}

/** N: tokens of the reference. */
export function referenceTokens(words: EditCounts): number {
  return words.hits + words.substitutions + words.deletions;
}

/** M: tokens of the hypothesis. */
export function hypothesisTokens(words: EditCounts): number {
  return words.hits + words.substitutions + words.insertions;
}

/**
 * The rates of some totals. With S, D, I, H from the alignment, N reference and M hypothesis
 * tokens: `wer` (S+D+I)/N, `mer` (S+D+I)/(H+S+D+I), `wip` (H/N)(H/M), `wil` 1 − wip; the other
 * error rates are errors over reference length. `wer` may exceed 1.
 *
 * Rates over an empty reference are null, since insertions are not a share of nothing; `mer` is
 * then 1 and `wip` 0. All are null if there are no tokens at all.
 */
export function textRates(totals: TextTotals): TextRates {
  const { words } = totals;
  const references = referenceTokens(words);
  const hypotheses = hypothesisTokens(words);
  const errors = editTotal(words);
  const hasTokens = references + hypotheses > 0;
  const wip = hasTokens ? informationPreserved(words.hits, references, hypotheses) : null;
  return {
    wer: ratio(errors, references),
    sub_rate: ratio(words.substitutions, references),
    del_rate: ratio(words.deletions, references),
    ins_rate: ratio(words.insertions, references),
    mer: ratio(errors, words.hits + errors),
    wip,
    wil: wip === null ? null : 1 - wip,
    cer: errorRate(totals.characters),
    cer_nospace: errorRate(totals.charactersNoSpace),
    mixer: errorRate(totals.mixed),
  };
}

/** Rates of an utterance in which nothing was said and nothing was recognised: all correct. */
export const silenceRates: Readonly<TextRates> = {
  wer: 0,
  sub_rate: 0,
  del_rate: 0,
  ins_rate: 0,
  mer: 0,
  wip: 1,
  wil: 0,
  cer: 0,
  cer_nospace: 0,
  mixer: 0,
};

function informationPreserved(hits: number, references: number, hypotheses: number): number {
  return references === 0 || hypotheses === 0 ? 0 : (hits / references) * (hits / hypotheses);
}

function errorRate(totals: EditTotals): number | null {
  return ratio(totals.errors, totals.referenceLength);
}

function ratio(numerator: number, denominator: number): number | null {
  return denominator === 0 ? null : numerator / denominator;
}
