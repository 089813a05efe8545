import { element } from '../shared/element.ts';
import { textDirection } from '../shared/textDirection.ts';

/** The displayed text at one instant. */
export interface ReceivedState {
  text: string;
  /** Where what came last begins; the length of the text where nothing was added. */
  latestFrom: number;
  /** Up to here the server has said that the text stands. */
  finalChars: number;
}

/** More than fits in the lines that are reserved, so that the rest need not be laid out. */
const reservedChars = 2048;
/** Long texts are laid out piece by piece: only pieces that change are laid out anew. */
const pieceChars = 1024;

/**
 * The transcript exactly as it was displayed, character by character: final text solid, text that
 * may still change dim and slanted, and what came last marked.
 */
export class ReceivedText {
  readonly root: HTMLElement;
  readonly #shown: HTMLElement;
  /** Takes the room of the longest text, unseen, so that nothing moves while the text grows. */
  readonly #reserved = element('p', { class: 'received-room', aria: { hidden: true } });
  readonly #pieces: HTMLElement[] = [];
  readonly #classes: string[] = [];

  constructor(label: string) {
    this.#shown = element('p', {
      class: 'received',
      tabIndex: 0,
      role: 'group',
      aria: { label },
    });
    this.root = element('div', { class: 'received-frame' }, [this.#reserved, this.#shown]);
  }

  /** Keeps room for a text, up to the lines that there may be. */
  reserve(text: string): void {
    const enough = text.slice(0, reservedChars);
    if (this.#reserved.textContent !== enough) this.#reserved.textContent = enough;
  }

  show(state: ReceivedState): void {
    const pieces = piecesOf(state);
    this.#shown.dir = textDirection(state.text);
    pieces.forEach(({ text, kind }, i) => {
      const piece = this.#pieces[i] ?? this.#grow();
      if (piece.textContent !== text) piece.textContent = text;
      if (this.#classes[i] !== kind) piece.className = this.#classes[i] = kind;
    });
    for (const extra of this.#pieces.splice(pieces.length)) extra.remove();
    this.#classes.length = pieces.length;
    // What came last is at the end, or what is left is.
    this.#shown.scrollTop = this.#shown.scrollHeight;
  }

  #grow(): HTMLElement {
    const made = element('span');
    this.#pieces.push(made);
    this.#shown.append(made);
    return made;
  }
}

interface Piece {
  text: string;
  kind: string;
}

function piecesOf({ text, latestFrom, finalChars }: ReceivedState): Piece[] {
  const pieces: Piece[] = [];
  const cuts = [0, finalChars, latestFrom, text.length]
    .map((cut) => characterStart(text, Math.min(cut, text.length)))
    .sort((a, b) => a - b);
  for (let i = 1; i < cuts.length; i++) {
    const [from, to] = [cuts[i - 1]!, cuts[i]!];
    const stands = to <= finalChars ? 'final' : 'partial';
    const kind = from >= latestFrom ? `${stands} latest` : stands;
    for (let at = from; at < to;) {
      const end = characterStart(text, Math.min(to, at - (at % pieceChars) + pieceChars));
      pieces.push({ text: text.slice(at, end), kind });
      at = end;
    }
  }
  return pieces;
}

/** The same place, or the one before where it lies within a surrogate pair. */
function characterStart(text: string, place: number): number {
  return /^[\uDC00-\uDFFF]/.test(text.charAt(place)) ? place - 1 : place;
}
