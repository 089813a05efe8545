import { wholeWords, wordEnd } from './wordPattern.ts';

type Replacement = readonly [pattern: RegExp, replacement: string];

const fixedForms: readonly (readonly [form: string, meaning: string])[] = [
  ["won't", 'will not'],
  ["can't", 'can not'],
  ["let's", 'let us'],
  ["ain't", 'aint'],
  ["y'all", 'you all'],
  ['wanna', 'want to'],
  ['gotta', 'got to'],
  ['gonna', 'going to'],
  ["i'ma", 'i am going to'],
  ['imma', 'i am going to'],
  ['woulda', 'would have'],
  ['coulda', 'could have'],
  ['shoulda', 'should have'],
  ["ma'am", 'madam'],
];

/** The space behind a title parts it from a full stop that a digit follows. */
const titles: readonly (readonly [title: string, meaning: string])[] = [
  ['mr', 'mister '],
  ['mrs', 'missus '],
  ['st', 'saint '],
  ['dr', 'doctor '],
  ['prof', 'professor '],
  ['capt', 'captain '],
  ['gov', 'governor '],
  ['ald', 'alderman '],
  ['gen', 'general '],
  ['sen', 'senator '],
  ['rep', 'representative '],
  ['pres', 'president '],
  ['rev', 'reverend '],
  ['hon', 'honorable '],
  ['asst', 'assistant '],
  ['assoc', 'associate '],
  ['lt', 'lieutenant '],
  ['col', 'colonel '],
  ['jr', 'junior '],
  ['sr', 'senior '],
  ['esq', 'esquire '],
];

/** Before the plain endings, which would read the `'s` and `'d` of these as "is" and "would". */
const perfectTenses: readonly (readonly [form: string, meaning: string])[] = [
  ["'d been", ' had been'],
  ["'s been", ' has been'],
  ["'d gone", ' had gone'],
  ["'s gone", ' has gone'],
  ["'d done", ' had done'],
  ["'s got", ' has got'],
];

const endings: readonly (readonly [ending: string, meaning: string])[] = [
  ["n't", ' not'],
  ["'re", ' are'],
  ["'s", ' is'],
  ["'d", ' would'],
  ["'ll", ' will'],
  ["'t", ' not'],
  ["'ve", ' have'],
  ["'m", ' am'],
];

/** In the order of application. */
const replacements: readonly Replacement[] = [
  ...[...fixedForms, ...titles].map(([form, meaning]): Replacement => [wholeWords(form), meaning]),
  ...[...perfectTenses, ...endings].map(([ending, meaning]): Replacement => [
    new RegExp(ending + wordEnd, 'gu'),
    meaning,
  ]),
];

/** Writes contractions and titles of lower-case English text in full. */
export function expandContractions(text: string): string {
  let expanded = text;
  for (const [pattern, replacement] of replacements) {
    expanded = expanded.replace(pattern, replacement);
  }
  return expanded;
}
