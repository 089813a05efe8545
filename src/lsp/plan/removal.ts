import type { TextEdit } from '../remarks/finding.ts';
import type { Place } from '../remarks/place.ts';

/** Takes a property or an element out, with the comma that belongs to it and its line. */
export function removalOf(text: string, { offset, length }: Place): TextEdit {
  let start = offset;
  let end = offset + length;
  const comma = matchAt(/\s*,/y, text, end);
  end += comma;
  const lineStart = spaceBefore(text, start, /[^\S\n]/);
  if (comma === 0) {
    const before = spaceBefore(text, start, /\s/);
    if (text[before - 1] === ',') start = before - 1;
  } else if (lineStart === 0 || text[lineStart - 1] === '\n') {
    const rest = matchAt(/[^\S\n]*\n/y, text, end);
    if (rest > 0) start = lineStart;
    end += rest > 0 ? rest : matchAt(/[^\S\n]*/y, text, end);
  } else {
    end += matchAt(/[^\S\n]*/y, text, end);
  }
  return { offset: start, length: end - start, newText: '' };
}

/** How long what matches at a place is; 0 where nothing does. */
function matchAt(sticky: RegExp, text: string, at: number): number {
  sticky.lastIndex = at;
  return sticky.exec(text)?.[0].length ?? 0;
}

/** Where the white space in front of a place begins. */
function spaceBefore(text: string, at: number, space: RegExp): number {
  let start = at;
  while (start > 0 && space.test(text[start - 1]!)) start -= 1;
  return start;
}
