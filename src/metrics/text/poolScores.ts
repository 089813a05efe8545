import { meanOf } from '../statistics/distribution.ts';
import { median } from '../statistics/percentile.ts';
import { editTotal } from './alignment.ts';
import type { PairScore } from './scorePair.ts';
import {
  referenceTokens,
  textRates,
  type EditTotals,
  type TextRates,
  type TextTotals,
} from './textRates.ts';

/** A corpus of scored utterances. Plain data; no value is NaN or infinite. */
export interface CorpusScore extends TextTotals {
  utterances: number;
  /**
   * Ratios of summed counts: the headline. Insertions of utterances with an empty reference are
   * in the numerators. Error rates are null where the corpus has no reference words.
   */
  rates: TextRates;
  nullReason: 'no_utterances' | 'no_reference_words' | null;
  /** Mean and median of the utterances' own `wer`; short utterances weigh as much as long ones. */
  meanUtteranceWer: number | null;
  medianUtteranceWer: number | null;
  /** Utterances that have a `wer`, and so are in the mean and the median. */
  utterancesWithWer: number;
  /** Fraction of utterances with at least one error. */
  ser: number | null;
  /** Fraction of utterances whose raw texts are the same string. */
  exact: number | null;
  /** Insertions on utterances with an empty reference. */
  hallucinatedWords: number;
}

/** Pools the scores of a corpus; all must be of one profile. */
export function poolScores(scores: readonly PairScore[]): CorpusScore {
  const totals = sumTotals(scores);
  const wers = scores.flatMap((score) => (score.rates.wer === null ? [] : [score.rates.wer]));
  const wrong = scores.filter((score) => editTotal(score.words) > 0).length;
  const exact = scores.filter((score) => score.exact).length;
  const share = (part: number) => (scores.length === 0 ? null : part / scores.length);
  return {
    ...totals,
    utterances: scores.length,
    rates: textRates(totals),
    nullReason: nullReason(scores.length, totals),
    meanUtteranceWer: meanOf(wers),
    medianUtteranceWer: median(wers),
    utterancesWithWer: wers.length,
    ser: share(wrong),
    exact: share(exact),
    hallucinatedWords: scores.reduce((sum, score) => sum + score.hallucinatedWords, 0),
  };
}

function nullReason(utterances: number, totals: TextTotals): CorpusScore['nullReason'] {
  if (utterances === 0) return 'no_utterances';
  return referenceTokens(totals.words) === 0 ? 'no_reference_words' : null;
}

function sumTotals(scores: readonly PairScore[]): TextTotals {
  const totals: TextTotals = {
    words: { hits: 0, substitutions: 0, deletions: 0, insertions: 0 },
    characters: { errors: 0, referenceLength: 0, hypothesisLength: 0 },
    charactersNoSpace: { errors: 0, referenceLength: 0, hypothesisLength: 0 },
    mixed: { errors: 0, referenceLength: 0, hypothesisLength: 0 },
  };
  for (const score of scores) {
    totals.words.hits += score.words.hits;
    totals.words.substitutions += score.words.substitutions;
    totals.words.deletions += score.words.deletions;
    totals.words.insertions += score.words.insertions;
    addTotals(totals.characters, score.characters);
    addTotals(totals.charactersNoSpace, score.charactersNoSpace);
    addTotals(totals.mixed, score.mixed);
  }
  return totals;
}

function addTotals(sum: EditTotals, part: EditTotals): void {
  sum.errors += part.errors;
  sum.referenceLength += part.referenceLength;
  sum.hypothesisLength += part.hypothesisLength;
}
