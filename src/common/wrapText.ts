/**
 * Breaks text into lines at spaces. Lines that are full stay as they are while the text grows.
 * Scripts without spaces are broken between characters. At least one line.
 */
export function wrapText(text: string, width: number): string[] {
  return text.split(/\r?\n/).flatMap((paragraph) => wrapParagraph(paragraph, width));
}

function wrapParagraph(paragraph: string, width: number): string[] {
  const lines: string[] = [];
  let start = 0;
  while (paragraph.length - start > width) {
    const candidate = paragraph.slice(start, start + width + 1);
    const space = candidate.lastIndexOf(' ');
    const length = space > 0 ? space : lastBoundary(candidate);
    lines.push(candidate.slice(0, length));
    start += space > 0 ? length + 1 : length;
  }
  return [...lines, paragraph.slice(start)];
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Where the last character begins, as people count characters; at least one is before it. */
function lastBoundary(text: string): number {
  const starts = Array.from(graphemes.segment(text), ({ index }) => index);
  const last = starts.at(-1) ?? 0;
  return last > 0 ? last : text.length;
}
