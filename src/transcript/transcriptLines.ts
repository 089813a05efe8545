import { countWhile } from '../timeline/sortedNumbers.ts';
import type { TextStretch, TranscriptLine } from './transcript.ts';

/** Shorter lines are not ended at a sentence or a pause: "Yes." or "Mr." alone read badly. */
const leastCharacters = 20;
/** Longer ones are cut, at a clause where there is one. */
const mostCharacters = 100;
/** Silence between two words that ends a line. */
const pauseMs = 700;

const sentenceEnd = /[.!?…。！？؟۔।]["'”’»)\]』」]*\s*$/u;
const clauseEnd = /[,;:—–，、；：،]["'”’»)\]』」]*\s*$/u;

/** A word of the text, and where it was spoken if that is known. */
export interface PlacedWord extends TextStretch {
  startMs: number | null;
  endMs: number | null;
}

/**
 * Cuts a text into lines: at its own line breaks, where a unit of the protocol begins, behind
 * sentences and pauses, and between words where it would be too long.
 *
 * @param unitStarts where the units begin, ascending
 */
export function transcriptLines(
  text: string,
  unitStarts: readonly number[],
  words: readonly PlacedWord[],
): TranscriptLine[] {
  if (text === '') return [];
  const breaks = [...hardBreaks(text), ...unitStarts];
  const hard = [...new Set([0, ...breaks, text.length])].sort((a, b) => a - b);
  const starts = hard.slice(0, -1).flatMap((startChars, at) => {
    const endChars = hard[at + 1]!;
    const from = countWhile(words, (word) => word.startChars < startChars);
    const to = countWhile(words, (word) => word.startChars < endChars);
    return [startChars, ...softBreaks(text, startChars, words.slice(from, to))];
  });
  return starts.map((startChars, at) => {
    const endChars = starts[at + 1] ?? text.length;
    return { startChars, endChars, text: shownText(text.slice(startChars, endChars)) };
  });
}

/** Behind each line break of the text itself. */
function hardBreaks(text: string): number[] {
  return Array.from(
    text.matchAll(/\r\n|[\n\r\u2028\u2029]/g),
    ({ index, 0: found }) => index + found.length,
  );
}

/** Where lines begin in a stretch that begins at `start` and has these words. */
function softBreaks(text: string, start: number, words: readonly PlacedWord[]): number[] {
  const breaks: number[] = [];
  let lineStart = start;
  /** The last place in the line behind a clause, and the one where its last word begins. */
  let clause: number | null = null;
  const begin = (chars: number): void => {
    breaks.push(chars);
    lineStart = chars;
    clause = null;
  };
  for (let at = 1; at < words.length; at++) {
    const word = words[at]!;
    const before = words[at - 1]!;
    if (isRest(text.slice(before.startChars, word.startChars), before, word)) {
      if (word.startChars - lineStart >= leastCharacters) begin(word.startChars);
    } else if (clauseEnd.test(text.slice(before.startChars, word.startChars))) {
      clause = word.startChars;
    }
    if (word.endChars - lineStart <= mostCharacters || word.startChars === lineStart) continue;
    const isLateClause = clause !== null && clause - lineStart >= mostCharacters / 2;
    begin(isLateClause ? clause! : word.startChars);
  }
  return breaks;
}

/** The speaker rests between two words, as the text or the audio says. */
function isRest(between: string, before: PlacedWord, after: PlacedWord): boolean {
  if (sentenceEnd.test(between)) return true;
  return before.endMs !== null && after.startMs !== null && after.startMs - before.endMs >= pauseMs;
}

/**
 * A line as it is shown, each character where it was: white space at the end is left out, and what
 * an editor would take for something else than text has a picture.
 */
function shownText(line: string): string {
  return line.trimEnd().replaceAll(/[\p{Cc}\u2028\u2029]/gu, pictureOf);
}

function pictureOf(control: string): string {
  if (control === '\t') return ' ';
  const code = control.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
}
