import { splitWords, whiteSpaceClass } from '../whiteSpace.ts';
import { isDigitWord, spokenNumbersToDigits } from './numberPass.ts';
import { numberWord } from './numberWords.ts';
import { wholeWords, wordEnd } from './wordPattern.ts';

const andAHalf = wholeWords(`and${whiteSpaceClass}+a${whiteSpaceClass}+half`);
const letterThenDigit = /([a-z])([0-9])/gu;
const digitThenLetter = /([0-9])([a-z])/gu;
const detachedSuffix = new RegExp(`([0-9])${whiteSpaceClass}+(st|nd|rd|th|s)${wordEnd}`, 'gu');
const wholeAndCents = new RegExp(`([€£$])([0-9]+) (?:and )?¢([0-9]{1,2})${wordEnd}`, 'gu');
/** The unescaped point is part of the rule: any character stands between 0 and the cents. */
const centsOnly = new RegExp(`[€£$]0.([0-9]{1,2})${wordEnd}`, 'gu');
const loneOne = wholeWords('1(s?)');

/** Numbers, amounts of money and percentages of lower-case English text in digits. */
export function normaliseSpokenNumbers(text: string): string {
  const words = splitWords(separateDigits(replaceHalves(text)));
  return writeAmounts(spokenNumbersToDigits(words).join(' '));
}

/** "three and a half million" becomes "three point five million". */
function replaceHalves(text: string): string {
  const segments = text.split(andAHalf);
  const parts: string[] = [];
  segments.forEach((segment, index) => {
    const lastWord = splitWords(segment).at(-1);
    if (lastWord === undefined) return;
    parts.push(segment);
    if (index < segments.length - 1) parts.push(isNumber(lastWord) ? 'point five' : 'and a half');
  });
  return parts.join(' ');
}

function isNumber(word: string): boolean {
  const meaning = numberWord(word);
  if (meaning?.kind === 'multiplier') return meaning.suffix === null;
  return isDigitWord(meaning);
}

/** "10km" becomes "10 km", but "10 th" becomes "10th". */
function separateDigits(text: string): string {
  return text
    .replace(letterThenDigit, '$1 $2')
    .replace(digitThenLetter, '$1 $2')
    .replace(detachedSuffix, '$1$2');
}

/** `$12 and ¢7` is `$12.07`, `$0.36` is `¢36`, and a lone 1 reads better as a word. */
function writeAmounts(text: string): string {
  return text
    .replace(wholeAndCents, (_, symbol: string, whole: string, cents: string) => {
      return `${symbol}${whole}.${cents.padStart(2, '0')}`;
    })
    .replace(centsOnly, (_, cents: string) => `¢${Number(cents)}`)
    .replace(loneOne, 'one$1');
}
