const firstLetter = /\p{L}/u;
const rightToLeft =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/**
 * Which way a text runs, by its first letter, as `dir="auto"` does. For long texts that change
 * piece by piece, where the browser would look through all of them for every piece.
 */
export function textDirection(text: string): 'rtl' | 'ltr' {
  const letter = firstLetter.exec(text)?.[0];
  return letter !== undefined && rightToLeft.test(letter) ? 'rtl' : 'ltr';
}

/** Whatever its direction, what is around it keeps its own. */
export function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}
