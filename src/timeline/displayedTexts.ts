import { countUpTo } from './sortedNumbers.ts';
import type { TimelineDeltas } from './timelineSession.ts';

/** What one delta did to the displayed text. */
export interface TextChange {
  /** The end of the text that stayed, at most {@link contextChars} long. */
  keptTail: string;
  removed: string;
  added: string;
}

/** UTF-16 units of unchanged text that a change is shown with. */
export const contextChars = 120;

/** Pieces that a text is made of before they are joined into one. */
const mostPieces = 256;

/**
 * A text as the pieces it was put together from, last first. Deltas share the pieces in front of
 * them, so that all texts of a session together take little more than the deltas.
 */
interface Piece {
  before: Piece | null;
  startChars: number;
  text: string;
  /** How many pieces there are with this one. */
  count: number;
}

/**
 * The displayed text after each delta of a session. Building takes time linear in the deltas,
 * and any text can then be had at once.
 */
export class DisplayedTexts {
  readonly #deltas: TimelineDeltas;
  readonly #texts: (Piece | null)[] = [];

  constructor(deltas: TimelineDeltas) {
    this.#deltas = deltas;
    let shown: Piece | null = null;
    for (const [index, text] of deltas.texts.entries()) {
      const kept = firstChars(shown, deltas.keptChars[index]!);
      shown = joined(text === '' ? kept : followedBy(kept, text));
      this.#texts.push(shown);
    }
  }

  /** What was displayed after a delta; empty before the first (-1). */
  textAfter(delta: number): string {
    return textOf(this.#texts[delta] ?? null);
  }

  /** UTF-16 units displayed after a delta. */
  charsAfter(delta: number): number {
    return endOf(this.#texts[delta] ?? null);
  }

  /** The last delta that had arrived by then; -1 before the first. */
  deltaAt(atMs: number): number {
    return countUpTo(this.#deltas.atMs, atMs) - 1;
  }

  /** What was displayed at a time on the axis. */
  textAt(atMs: number): string {
    return this.textAfter(this.deltaAt(atMs));
  }

  changeOf(delta: number): TextChange {
    const before = this.textAfter(delta - 1);
    const after = this.textAfter(delta);
    const keptChars = wholeCharacters(before, after, this.#deltas.keptChars[delta] ?? 0);
    const tailStart = wholeCharacters(before, before, Math.max(0, keptChars - contextChars));
    return {
      keptTail: before.slice(tailStart, keptChars),
      removed: before.slice(keptChars),
      added: after.slice(keptChars),
    };
  }
}

function endOf(piece: Piece | null): number {
  return piece === null ? 0 : piece.startChars + piece.text.length;
}

function followedBy(before: Piece | null, text: string): Piece {
  return { before, startChars: endOf(before), text, count: (before?.count ?? 0) + 1 };
}

function firstChars(shown: Piece | null, chars: number): Piece | null {
  let piece = shown;
  while (piece !== null && piece.startChars >= chars) piece = piece.before;
  if (piece === null || endOf(piece) <= chars) return piece;
  return followedBy(piece.before, piece.text.slice(0, chars - piece.startChars));
}

/** The same text in one piece, where it is in too many. */
function joined(piece: Piece | null): Piece | null {
  return piece === null || piece.count < mostPieces ? piece : followedBy(null, textOf(piece));
}

function textOf(last: Piece | null): string {
  const texts: string[] = [];
  for (let piece = last; piece !== null; piece = piece.before) texts.push(piece.text);
  return texts.reverse().join('');
}

/** A change never begins between the halves of a character beyond the 16-bit ones. */
function wholeCharacters(one: string, other: string, chars: number): number {
  return isHalf(one, chars) || isHalf(other, chars) ? chars - 1 : chars;
}

function isHalf(text: string, chars: number): boolean {
  const before = text.charCodeAt(chars - 1);
  return before >= 0xd800 && before <= 0xdbff && chars < text.length;
}
