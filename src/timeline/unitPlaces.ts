import type { AlignmentChunk } from '../metrics/text/alignment.ts';
import { alignTokens } from '../metrics/text/alignTokens.ts';
import type { ShownToken } from './wordTokens.ts';

/** Cuts a text into the units whose errors are counted, for example by a text profile. */
export type UnitsOf = (text: string) => string[];

/** A text and its words. */
export interface CutText {
  text: string;
  words: readonly ShownToken[];
}

/** The units of a text, and which of its words each was made of. */
export interface UnitPlaces {
  units: string[];
  /** For each unit its first word, and the word behind its last; at least one. */
  firstWord: Int32Array;
  endWord: Int32Array;
}

/** Stretches of more words whose units belong together stay whole: growing them is quadratic. */
const mostGrownWords = 32;

/**
 * The units of the whole text, which may depend on neighbouring words ("twenty twenty five" is
 * `2025`), each with the words it comes from. Where the units of each word by itself say the same
 * as the whole, they tell; what differs between is found by letting the stretch grow word by word.
 *
 * @param unitsOfWord as `unitsOf`, for one word: may remember, since words come again and again
 */
export function unitPlaces(
  { text, words }: CutText,
  unitsOf: UnitsOf,
  unitsOfWord: UnitsOf,
): UnitPlaces {
  const units = words.length === 0 ? [] : unitsOf(text);
  const firstWord = new Int32Array(units.length);
  const endWord = new Int32Array(units.length);
  const pieces = wordPieces(words, units, unitsOfWord);
  const unitsBetween: UnitsBetween = (first, last) =>
    unitsOf(text.slice(words[first]!.startChars, words[last]!.endChars));
  for (const chunk of joinedDifferences(alignTokens(pieces.units, units).chunks)) {
    const { type, refStart, refEnd, hypStart, hypEnd } = chunk;
    if (type === 'equal') {
      for (let unit = hypStart; unit < hypEnd; unit++) {
        firstWord[unit] = pieces.word[refStart + unit - hypStart]!;
        endWord[unit] = firstWord[unit]! + 1;
      }
      continue;
    }
    const { first, end } = wordsOfPieces(pieces.word, refStart, refEnd);
    const stretch = { first, end, units: units.slice(hypStart, hypEnd) };
    firstWord.fill(first, hypStart, hypEnd);
    endWord.fill(end, hypStart, hypEnd);
    grownEnds(stretch, unitsBetween)?.forEach((wordEnd, at, ends) => {
      endWord[hypStart + at] = wordEnd;
      if (at > 0) firstWord[hypStart + at] = Math.min(ends[at - 1]!, wordEnd - 1);
    });
  }
  return { units, firstWord, endWord };
}

/** The units of a text from its word `first` to its word `last`. */
type UnitsBetween = (first: number, last: number) => string[];

interface WordPieces {
  units: string[];
  /** The word that each unit is of. */
  word: number[];
}

/** How far the units of words by themselves may be ahead of those of the whole, or behind. */
const drifts = [0, 1, -1, 2, -2];

/** The units of each word by itself; `units` are those of the whole text. */
function wordPieces(
  words: readonly ShownToken[],
  units: readonly string[],
  unitsOfWord: UnitsOf,
): WordPieces {
  const pieces: WordPieces = { units: [], word: [] };
  let next = 0;
  words.forEach(({ text, form }, word) => {
    // Most words are units as they are, which is seen sooner than it is computed.
    const drift = drifts.find((by) => units[next + by] === form);
    const own = drift === undefined ? unitsOfWord(text) : [form];
    for (const unit of own) {
      pieces.units.push(unit);
      pieces.word.push(word);
    }
    next += (drift ?? 0) + own.length;
  });
  return pieces;
}

/** Chunks that are equal and chunks that are not, in turn. */
function joinedDifferences(chunks: readonly AlignmentChunk[]): AlignmentChunk[] {
  const joined: AlignmentChunk[] = [];
  for (const chunk of chunks) {
    const last = joined.at(-1);
    if (!last || last.type === 'equal' || chunk.type === 'equal') {
      joined.push({ ...chunk });
    } else {
      last.refEnd = chunk.refEnd;
      last.hypEnd = chunk.hypEnd;
    }
  }
  return joined;
}

/** The words of pieces; where there is none, the word beside them. */
function wordsOfPieces(
  word: readonly number[],
  start: number,
  end: number,
): { first: number; end: number } {
  const first = word[start < end ? start : Math.max(0, start - 1)] ?? 0;
  return { first, end: (start < end ? word[end - 1]! : first) + 1 };
}

/** Words that give some units together. */
interface Stretch {
  first: number;
  end: number;
  units: readonly string[];
}

/**
 * For each unit the end of the word with which it is complete, as the stretch grows word by word;
 * null where that cannot be told: it is long, or by itself has other units than within its text.
 */
function grownEnds({ first, end, units }: Stretch, unitsBetween: UnitsBetween): number[] | null {
  const isOne = end - first === 1 || units.length < 2;
  if (isOne || end - first > mostGrownWords) return null;
  if (!isSame(unitsBetween(first, end - 1), units)) return null;
  const ends = units.map(() => end);
  for (let last = end - 2; last >= first; last--) {
    const grown = unitsBetween(first, last);
    for (let unit = 0; unit < units.length && grown[unit] === units[unit]; unit++) {
      // It must stay as it is from here on.
      if (ends[unit] === last + 2) ends[unit] = last + 1;
    }
  }
  return ends;
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((unit, at) => unit === other[at]);
}
