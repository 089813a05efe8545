/** What a word means to the number pass. `suffix` is that of a plural or an ordinal. */
export type NumberWord =
  | { kind: 'zero' }
  | { kind: 'unit'; value: bigint; suffix: string | null }
  | { kind: 'tens'; value: bigint; suffix: string | null }
  | { kind: 'multiplier'; value: bigint; suffix: string | null }
  | { kind: 'sign'; symbol: string }
  | { kind: 'currency'; symbol: string }
  | { kind: 'percent' }
  | { kind: 'per' }
  | { kind: 'and' }
  | { kind: 'repeat'; times: number }
  | { kind: 'point' };

const unitNames = [
  ...['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'],
  ...['eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen'],
  'nineteen',
];

/** `nineth` is how the table that published scores rest on spells it; `ninth` stays a word. */
const irregularOrdinals = new Map([
  ['one', 'first'],
  ['two', 'second'],
  ['three', 'third'],
  ['five', 'fifth'],
  ['twelve', 'twelfth'],
]);

const tensNames = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

/** Each from the second on is a thousand times the one before. */
const multiplierNames = [
  ...['thousand', 'million', 'billion', 'trillion', 'quadrillion', 'quintillion'],
  ...['sextillion', 'septillion', 'octillion', 'nonillion', 'decillion'],
];

const symbolWords: readonly (readonly [word: string, meaning: NumberWord])[] = [
  ['minus', { kind: 'sign', symbol: '-' }],
  ['negative', { kind: 'sign', symbol: '-' }],
  ['plus', { kind: 'sign', symbol: '+' }],
  ['positive', { kind: 'sign', symbol: '+' }],
  ['pound', { kind: 'currency', symbol: '£' }],
  ['pounds', { kind: 'currency', symbol: '£' }],
  ['euro', { kind: 'currency', symbol: '€' }],
  ['euros', { kind: 'currency', symbol: '€' }],
  ['dollar', { kind: 'currency', symbol: '$' }],
  ['dollars', { kind: 'currency', symbol: '$' }],
  ['cent', { kind: 'currency', symbol: '¢' }],
  ['cents', { kind: 'currency', symbol: '¢' }],
  ['percent', { kind: 'percent' }],
  ['per', { kind: 'per' }],
  ['and', { kind: 'and' }],
  ['double', { kind: 'repeat', times: 2 }],
  ['triple', { kind: 'repeat', times: 3 }],
  ['point', { kind: 'point' }],
];

/** Symbols that may stand in front of a number. */
export const prefixSymbols: ReadonlySet<string> = new Set(['-', '+', '£', '€', '$', '¢']);

const numberWords: ReadonlyMap<string, NumberWord> = new Map([
  ...['o', 'oh', 'zero'].map((word) => [word, { kind: 'zero' }] as const),
  ['zeroth', { kind: 'unit', value: 0n, suffix: 'th' }],
  ...unitNames.flatMap((name, index) => unitForms(name, BigInt(index + 1))),
  ...tensNames.flatMap((name, index) => tensForms(name, BigInt(10 * (index + 2)))),
  ...multiplierForms('hundred', 100n),
  ...multiplierNames.flatMap((name, index) => multiplierForms(name, 1000n ** BigInt(index + 1))),
  ...symbolWords,
]);

/** The meaning of a lower-case word, or null for a word that has to do with no number. */
export function numberWord(word: string | null): NumberWord | null {
  return word === null ? null : (numberWords.get(word) ?? null);
}

type Entry = readonly [word: string, meaning: NumberWord];

function unitForms(name: string, value: bigint): Entry[] {
  const ordinal = irregularOrdinals.get(name) ?? name + (name.endsWith('t') ? 'h' : 'th');
  return [
    [name, { kind: 'unit', value, suffix: null }],
    [name === 'six' ? 'sixes' : `${name}s`, { kind: 'unit', value, suffix: 's' }],
    [ordinal, { kind: 'unit', value, suffix: ordinalSuffix(ordinal) }],
  ];
}

function ordinalSuffix(ordinal: string): string {
  return ordinal.slice(-2);
}

function tensForms(name: string, value: bigint): Entry[] {
  return [
    [name, { kind: 'tens', value, suffix: null }],
    [name.replace('y', 'ies'), { kind: 'tens', value, suffix: 's' }],
    [name.replace('y', 'ieth'), { kind: 'tens', value, suffix: 'th' }],
  ];
}

function multiplierForms(name: string, value: bigint): Entry[] {
  return [
    [name, { kind: 'multiplier', value, suffix: null }],
    [`${name}s`, { kind: 'multiplier', value, suffix: 's' }],
    [`${name}th`, { kind: 'multiplier', value, suffix: 'th' }],
  ];
}
