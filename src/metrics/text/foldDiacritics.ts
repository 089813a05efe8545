/** Letters that Unicode does not decompose, with the plain letters used in their place. */
const plainLetters = new Map([
  ['œ', 'oe'],
  ['Œ', 'OE'],
  ['ø', 'o'],
  ['Ø', 'O'],
  ['æ', 'ae'],
  ['Æ', 'AE'],
  ['ß', 'ss'],
  ['ẞ', 'SS'],
  ['đ', 'd'],
  ['Đ', 'D'],
  ['ð', 'd'],
  ['Ð', 'D'],
  ['þ', 'th'],
  ['Þ', 'TH'],
  ['ł', 'l'],
  ['Ł', 'L'],
]);

const affected = new RegExp(`[\\p{M}\\p{S}\\p{P}${[...plainLetters.keys()].join('')}]`, 'gu');
const nonSpacingMark = /\p{Mn}/u;

/**
 * Compatibility-decomposed text with accents dropped, special letters spelled plainly, and any
 * other mark, symbol or punctuation replaced by a space. Characters of `keep` stay.
 */
export function foldDiacritics(text: string, keep: ReadonlySet<string>): string {
  return text.normalize('NFKD').replace(affected, (character) => {
    if (keep.has(character)) return character;
    const plain = plainLetters.get(character);
    if (plain !== undefined) return plain;
    return nonSpacingMark.test(character) ? '' : ' ';
  });
}
