import type { Utterance } from '../dataset/utterance.ts';
import type { SessionTimeline } from '../metrics/sessionTimeline.ts';
import { lightForm, wordsOf } from '../metrics/wordForms.ts';
import { alignWords, type WordAlignment } from './alignWords.ts';
import { alignedComparison, compareWords, type WordComparison } from './compareWords.ts';
import { serverWords } from './serverWords.ts';
import type { CutText, UnitsOf } from './unitPlaces.ts';
import { shownTokens, timedTokens, type ShownToken, type TimedToken } from './wordTokens.ts';

/** The words of a session's text and what they were compared with. */
export interface SessionWords {
  shown: ShownToken[];
  /** The timed words of the reference; null where the dataset has none. */
  timed: TimedToken[] | null;
  /** With the timed words, else with the reference text; null where there is neither. */
  alignment: WordAlignment | null;
  /** The words that are compared with, as they are written; null where `comparison` is. */
  reference: readonly ShownToken[] | null;
  /** What words are right and wrong; null while they are not compared or with nothing. */
  comparison: WordComparison | null;
  /** Where the server says each shown word was spoken; null where it does not. */
  serverTimes: (TimedToken | null)[];
}

/**
 * Cuts the text as it stands into words and aligns them with all that gives them times.
 *
 * @param isCompared whether the text is complete, so that words can be said to be missing
 * @param unitsOf the units that are compared; without, words are compared as they are aligned
 */
export function sessionWords(
  { trace, utterance, replay }: SessionTimeline,
  isCompared: boolean,
  unitsOf: UnitsOf | null,
): SessionWords {
  const shown = shownTokens(replay.text);
  const forms = shown.map((token) => token.form);
  const timed = utterance.words && timedTokens(utterance.words);
  const reference =
    timed?.map((token) => token.form) ??
    (utterance.reference === null ? null : wordsOf(utterance.reference, lightForm));
  const alignment = reference && alignWords(reference, forms);
  const compared = isCompared && alignment ? referenceText(utterance) : null;
  let comparison: WordComparison | null = null;
  if (alignment && compared) {
    comparison = unitsOf
      ? compareWords(compared, { text: replay.text, words: shown }, unitsOf)
      : alignedComparison(alignment);
  }
  return {
    shown,
    timed,
    alignment,
    reference: compared?.words ?? null,
    comparison,
    serverTimes: serverTimes(timedTokens(serverWords(trace.received)), forms),
  };
}

/** The text that is scored, where the timed words are its words; else that of the timed words. */
function referenceText({ reference, words }: Utterance): CutText {
  const text = reference ?? '';
  const written = shownTokens(text);
  if (words === null) return { text, words: written };
  const spokenText = words.map((word) => word.text).join(' ');
  const spoken = shownTokens(spokenText);
  const isSame =
    spoken.length === written.length && spoken.every(({ form }, at) => form === written[at]!.form);
  return isSame ? { text, words: written } : { text: spokenText, words: spoken };
}

function serverTimes(
  tokens: readonly TimedToken[],
  forms: readonly string[],
): (TimedToken | null)[] {
  if (tokens.length === 0) return forms.map(() => null);
  const { equalTo } = alignWords(
    tokens.map((token) => token.form),
    forms,
  );
  return Array.from(equalTo, (place) => tokens[place] ?? null);
}
