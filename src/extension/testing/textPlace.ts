/** Places in a text as editors count them. */
export interface TextPosition {
  line: number;
  character: number;
}

export interface TextRange {
  start: TextPosition;
  end: TextPosition;
}

/** Lines end as VS Code's documents have it. */
const lineEnd = /\r\n|\r|\n/g;

/** Where a part of a text is that is open in no editor. */
export function rangeIn(text: string, offset: number, length: number): TextRange {
  return { start: positionIn(text, offset), end: positionIn(text, offset + length) };
}

function positionIn(text: string, offset: number): TextPosition {
  let line = 0;
  let start = 0;
  for (const { index, 0: end } of text.matchAll(lineEnd)) {
    if (index + end.length > offset) break;
    line += 1;
    start = index + end.length;
  }
  return { line, character: offset - start };
}
