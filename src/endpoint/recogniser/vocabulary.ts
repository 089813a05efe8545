/** Start of text and end of text, as the decoder knows them. */
export const startToken = 1;
export const endToken = 2;

const wordMark = '\u2581';
const bytePiece = /^<0x([0-9A-F]{2})>$/;

/** Turns token ids into text with the pieces of a SentencePiece vocabulary. */
export class Vocabulary {
  readonly #pieces: string[];

  constructor(pieces: string[]) {
    this.#pieces = pieces;
  }

  /**
   * The text of `tokens` without a leading space. Ids beyond the vocabulary and the start and
   * end tokens are left out; byte pieces are joined and read as UTF-8.
   */
  text(tokens: readonly number[]): string {
    let text = '';
    let bytes: number[] = [];
    for (const token of tokens) {
      const piece = token > endToken ? this.#pieces[token] : undefined;
      if (piece === undefined) continue;
      const byte = bytePiece.exec(piece)?.[1];
      if (byte !== undefined) {
        bytes.push(Number.parseInt(byte, 16));
        continue;
      }
      text += utf8(bytes) + piece.replaceAll(wordMark, ' ');
      bytes = [];
    }
    return (text + utf8(bytes)).replace(/^ /, '');
  }
}

function utf8(bytes: number[]): string {
  return bytes.length === 0 ? '' : new TextDecoder().decode(Uint8Array.from(bytes));
}
