import { alignTokens } from '../metrics/text/alignTokens.ts';
import type { WordAlignment, WordOperation } from './alignWords.ts';
import { unitPlaces, type CutText, type UnitPlaces, type UnitsOf } from './unitPlaces.ts';

/** What became of the words of a reference, and what those shown are. */
export interface WordComparison {
  reference: WordOperation[];
  shown: WordOperation[];
  /** Place of a reference word → those of the words that are equal or stand for it, ascending. */
  shownPlaces: ReadonlyMap<number, readonly number[]>;
}

/**
 * Compares as the error rate does: the units of both texts are aligned, and a word is what its
 * units are. So no word is wrong where the rate is 0, and one at least where it is not.
 */
export function compareWords(reference: CutText, shown: CutText, unitsOf: UnitsOf): WordComparison {
  // Most words are in both texts.
  const unitsOfWord = remembered(unitsOf);
  const spoken = unitPlaces(reference, unitsOf, unitsOfWord);
  const displayed = unitPlaces(shown, unitsOf, unitsOfWord);
  const ofReference = new WordOperations(reference.words.length);
  const ofShown = new WordOperations(shown.words.length);
  const shownPlaces = new Map<number, number[]>();
  for (const chunk of alignTokens(spoken.units, displayed.units).chunks) {
    const { type, refStart, refEnd, hypStart, hypEnd } = chunk;
    for (let unit = refStart; unit < refEnd; unit++) ofReference.add(type, spoken, unit);
    for (let unit = hypStart; unit < hypEnd; unit++) ofShown.add(type, displayed, unit);
    if (type !== 'equal' && type !== 'substitute') continue;
    for (let unit = refStart; unit < refEnd; unit++) {
      const other = hypStart + unit - refStart;
      joinWords(shownPlaces, { spoken, unit, displayed, other });
    }
  }
  return { reference: ofReference.finish(), shown: ofShown.finish(), shownPlaces };
}

/** The comparison that an alignment of the words themselves is. */
export function alignedComparison(alignment: WordAlignment): WordComparison {
  const shownPlaces = new Map<number, number[]>();
  alignment.shownPlace.forEach((place, word) => {
    if (place >= 0) shownPlaces.set(word, [place]);
  });
  return { reference: alignment.reference, shown: alignment.shown, shownPlaces };
}

/** What words are, by what their units are. */
class WordOperations {
  readonly #operations: (WordOperation | undefined)[];

  constructor(words: number) {
    this.#operations = new Array<WordOperation | undefined>(words).fill(undefined);
  }

  add(operation: WordOperation, { firstWord, endWord }: UnitPlaces, unit: number): void {
    for (let word = firstWord[unit]!; word < endWord[unit]!; word++) {
      const before = this.#operations[word] ?? operation;
      this.#operations[word] = before === operation ? operation : 'substitute';
    }
  }

  /** Words without units, such as fillers under some profiles, do not count and are no errors. */
  finish(): WordOperation[] {
    return this.#operations.map((operation) => operation ?? 'equal');
  }
}

function joinWords(
  shownPlaces: Map<number, number[]>,
  pair: { spoken: UnitPlaces; unit: number; displayed: UnitPlaces; other: number },
): void {
  const { spoken, unit, displayed, other } = pair;
  for (let word = spoken.firstWord[unit]!; word < spoken.endWord[unit]!; word++) {
    const places = shownPlaces.get(word) ?? [];
    shownPlaces.set(word, places);
    for (let at = displayed.firstWord[other]!; at < displayed.endWord[other]!; at++) {
      if (!places.includes(at)) places.push(at);
    }
  }
}

function remembered(unitsOf: UnitsOf): UnitsOf {
  const known = new Map<string, string[]>();
  return (text) => {
    const units = known.get(text) ?? unitsOf(text);
    known.set(text, units);
    return units;
  };
}
