/** Scripts and punctuation that are written without spaces between sentences. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u3000-\u303f\uff00-\uffef]/u;

/** A space, unless one side brings its own or the script has none. */
export function separatorBetween(before: string, after: string): string {
  const last = before.slice(-1);
  const first = after.slice(0, 1);
  if (last === '' || first === '') return '';
  // Most texts, and much the quickest to tell.
  if (isPlain(last) && isPlain(first)) return ' ';
  if (/\s/u.test(last) || /\s/u.test(first)) return '';
  return unspaced.test(last) && unspaced.test(first) ? '' : ' ';
}

/** A visible character of ASCII. */
function isPlain(character: string): boolean {
  return character > ' ' && character <= '~';
}
