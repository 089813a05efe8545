/**
 * White space as the reference tools (Python) see it, as a regular-expression class: Unicode's
 * plus the four information separators. JavaScript's `\s` lacks those and adds the byte order mark.
 */
export const whiteSpaceClass = String.raw`[\p{White_Space}\x1c-\x1f]`;

const whiteSpaceRun = new RegExp(`${whiteSpaceClass}+`, 'u');

/** The maximal runs without white space. */
export function splitWords(text: string): string[] {
  return text.split(whiteSpaceRun).filter((word) => word !== '');
}

/** Single spaces between words, none at the ends. */
export function collapseWhiteSpace(text: string): string {
  return splitWords(text).join(' ');
}
