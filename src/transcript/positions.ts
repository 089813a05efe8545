import { countWhile } from '../timeline/sortedNumbers.ts';
import type { Transcript, TranscriptWord } from './transcript.ts';

/** A place in the document, both 0-based, as editors count. */
export interface LinePosition {
  line: number;
  character: number;
}

/** Where a character of the text is shown; one that is not, at the end of its line. */
export function positionOf({ lines }: Pick<Transcript, 'lines'>, chars: number): LinePosition {
  const line = Math.max(0, countWhile(lines, ({ startChars }) => startChars <= chars) - 1);
  const found = lines[line];
  if (!found) return { line: 0, character: 0 };
  return { line, character: Math.min(chars - found.startChars, found.text.length) };
}

/** The character of the text at a place. {@link positionOf} is the inverse. */
export function charsAt(
  { lines }: Pick<Transcript, 'lines'>,
  { line, character }: LinePosition,
): number {
  const found = lines[Math.min(line, lines.length - 1)];
  return found ? found.startChars + Math.min(character, found.text.length) : 0;
}

/** Place of the word that a character belongs to; -1 for white space. */
export function wordAt({ words }: Pick<Transcript, 'words'>, chars: number): number {
  const place = countWhile(words, ({ startChars }) => startChars <= chars) - 1;
  return place >= 0 && chars < words[place]!.endChars ? place : -1;
}

/** Place of the word that a cursor is at or behind; -1 without words. */
export function wordNear({ words }: Pick<Transcript, 'words'>, chars: number): number {
  if (words.length === 0) return -1;
  return Math.max(0, countWhile(words, ({ startChars }) => startChars <= chars) - 1);
}

/** Finds the word at a place of the playhead. */
export class WordTimes {
  readonly #byTime: { atMs: number; place: number }[];

  constructor(words: readonly TranscriptWord[]) {
    this.#byTime = words
      .map(({ atMs }, place) => ({ atMs, place }))
      .sort((a, b) => a.atMs - b.atMs || a.place - b.place);
  }

  /** Place of the last word that has begun; -1 before the first. */
  placeAt(ms: number): number {
    // The playhead may come back as another number than the one it was moved to.
    return this.#byTime[countWhile(this.#byTime, ({ atMs }) => atMs <= ms + 0.5) - 1]?.place ?? -1;
  }
}
