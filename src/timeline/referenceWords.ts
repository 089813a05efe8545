import type { Utterance } from '../dataset/utterance.ts';
import type { WordOperation } from './alignWords.ts';
import type { SessionWords } from './sessionWords.ts';
import type { ReferenceWord } from './timelineSession.ts';

/**
 * The words of the reference where they were spoken, and what became of them; null where the
 * dataset has no word times.
 */
export function referenceWords(utterance: Utterance, words: SessionWords): ReferenceWord[] | null {
  if (utterance.words === null) return null;
  const outcomes = outcomesOf(words);
  return utterance.words.map(({ text, startMs, endMs }, index) => {
    const { operation = null, shown = new Set<number>() } = outcomes.get(index) ?? {};
    const shownAs =
      operation === 'substitute' && shown.size > 0
        ? [...shown].map((place) => words.shown[place]!.text).join(' ')
        : null;
    return { text, startMs, endMs, operation, shownAs };
  });
}

interface Outcome {
  operation: WordOperation;
  /** Places of the words shown for it. */
  shown: Set<number>;
}

/** By place of the word. A word that is cut into several is right when all of them are. */
function outcomesOf({ timed, comparison }: SessionWords): Map<number, Outcome> {
  const outcomes = new Map<number, Outcome>();
  if (comparison === null) return outcomes;
  timed?.forEach(({ wordIndex }, place) => {
    const operation = comparison.reference[place]!;
    const outcome = outcomes.get(wordIndex) ?? { operation, shown: new Set() };
    if (outcome.operation !== operation) outcome.operation = 'substitute';
    for (const shown of comparison.shownPlaces.get(place) ?? []) outcome.shown.add(shown);
    outcomes.set(wordIndex, outcome);
  });
  return outcomes;
}
