import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  americanSpelling,
  enWhisperProfile,
} from '../../../../src/metrics/text/english/enWhisperProfile.ts';
import { normaliseSpokenNumbers } from '../../../../src/metrics/text/english/spokenNumbers.ts';

type Case = [input: string, output: string];

/** Hold for the number pass by itself and for the whole profile. */
const numberCases: Case[] = [
  ['two', '2'],
  ['thirty one', '31'],
  ['five twenty four', '524'],
  ['nineteen ninety nine', '1999'],
  ['twenty nineteen', '2019'],
  ['two point five million', '2500000'],
  ['four point two billions', '4200000000s'],
  ['200 thousand', '200000'],
  ['200 thousand dollars', '$200000'],
  ['$20 million', '$20000000'],
  ['€52.4 million', '€52400000'],
  ['£77 thousands', '£77000s'],
  ['two double o eight', '2008'],
  ['three thousand twenty nine', '3029'],
  ['forty three thousand two hundred sixty', '43260'],
  ['forty three thousand two hundred and sixty', '43260'],
  ['nineteen fifties', '1950s'],
  ['thirty first', '31st'],
  ['thirty three thousand and three hundred and thirty third', '33333rd'],
  ['three billion', '3000000000'],
  ['millions', '1000000s'],
  ['july third twenty twenty', 'july 3rd 2020'],
  ['august twenty sixth twenty twenty one', 'august 26th 2021'],
  ['3 14', '3 14'],
  ['3.14', '3.14'],
  ['3 point 2', '3.2'],
  ['3 point 14', '3.14'],
  ['fourteen point 4', '14.4'],
  ['two point two five dollars', '$2.25'],
  ['two hundred million dollars', '$200000000'],
  ['$20.1 million', '$20100000'],
  ['ninety percent', '90%'],
  ['seventy six per cent', '76%'],
  ['double oh seven', '007'],
  ['double zero seven', '007'],
  ['nine one one', '911'],
  ['nine double one', '911'],
  ['one triple oh one', '10001'],
  ['two thousandth', '2000th'],
  ['thirty two thousandth', '32000th'],
  ['minus 500', '-500'],
  ['positive twenty thousand', '+20000'],
  ['two dollars and seventy cents', '$2.70'],
  ['3 cents', '¢3'],
  ['$0.36', '¢36'],
  ['three euros and sixty five cents', '€3.65'],
  ['three and a half million', '3500000'],
  ['forty eight and a half dollars', '$48.5'],
  ['b747', 'b 747'],
  ['10 th', '10th'],
  ['10th', '10th'],
];

const profileCases: Case[] = [
  ["Let's", 'let us'],
  ["he's like", 'he is like'],
  ["she's been like", 'she has been like'],
  ['10km', '10 km'],
  ['10mm', '10 mm'],
  ['RC232', 'rc 232'],
  ['Mr. Park visited Assoc. Prof. Kim Jr.', 'mister park visited associate professor kim junior'],
  ['Hello, World!', 'hello world'],
  ['um hello um', 'hello'],
  ['[noise] hello (laughs) world', 'hello world'],
  ['<unk> ok', 'ok'],
  ["I'm gonna go, y'all.", 'i am going to go you all'],
  ["won't can't ain't don't", 'will not can not aint do not'],
  ["it's Dr. Smith's cat", 'it is doctor smith is cat'],
  ["she'd been there; he'd go", 'she had been there he would go'],
  ['naïve café déjà vu', 'naive cafe deja vu'],
  ['straße œuvre', 'strasse oeuvre'],
  ['twenty-one', '21'],
  ['one hundred twenty three', '123'],
  ['1,000,000 people', '1000000 people'],
  ['$5 and 10% off', '$5 and 10% off'],
  ['five dollars and ten cents', '$5.10'],
  ['three point one four', '3.14'],
  ["ten o'clock", '100 clock'],
  ['10:00 AM', '10 0 am'],
  ['21st', '21st'],
  ['nineteen ninety four', '1994'],
  ['two thousand and five', '2005'],
  ['colour favourite theatre', 'color favorite theater'],
  ['U.S.A.', 'u s a'],
  ['b b c news', 'b b c news'],
  ['five g network', '5 g network'],
  ['wi-fi', 'wi fi'],
  ['A.I. is great', 'a i is great'],
  ['v2.0', 'v 2'],
  ['half a million', 'half a 1000000'],
  ['one and a half', 'one.5'],
  ['oh oh seven', '007'],
  ['plus one', '+one'],
  ['minus five degrees', '-5 degrees'],
  ['call nine one one now', 'call 911 now'],
  ['triple zero', '000'],
  ["St. John's St.", 'saint john is saint'],
  ['GPT-4o', 'gpt 40'],
  ['e-mail', 'e mail'],
  ['one', 'one'],
  ['ones', 'ones'],
  ['first second third', '1st 2nd 3rd'],
  ['nine hundred ninety nine quadrillion', '999000000000000000'],
  ['€0.05', '¢5'],
  ['$1.5 billion', '$1500000000'],
  ['Mr. & Mrs. Jones', 'mister missus jones'],
  ['ha ha, uhm, eh', 'ha ha uhm eh'],
  ['two decillion', `2${'0'.repeat(33)}`],
  ['', ''],
];

/** Rules that an implementation easily misses. */
const trapCases: Case[] = [
  // Word boundaries are those of all letters, not of ASCII.
  ['élan vital', 'elan vital'],
  ['dré dr é', 'dre doctor e'],
  ['жmm mm', 'жmm'],
  // A rule is used wherever it fits, text after text: no state is kept between them.
  ["isn't aren't weren't", 'is not are not were not'],
  // A comma between digits is looked for after the digits already joined.
  ['1,2,3', '12 3'],
  ['the ninth', 'the ninth'],
  ['٣٤ thousand', '34000'],
  ['three point hundred', '300'],
  ['and a half', ''],
  ['five percent of $', '5% of $'],
  ['archaeology', 'archeology</span>'],
  // The package whisper-normalizer rewrites these; Whisper does not.
  ['kinda sorta dunno cause', 'kinda sorta dunno cause'],
  // Only a symbol with something behind it is removed.
  ['so...', 'so .'],
  ['constructor toString', 'constructor tostring'],
];

function checkAll(cases: readonly Case[], normalise: (text: string) => string): void {
  for (const [input, output] of cases) {
    test(JSON.stringify(input), () => {
      assert.equal(normalise(input), output);
      assert.equal(normalise(input), output, 'the second time');
    });
  }
}

describe('numbers, by themselves', () => {
  checkAll(numberCases, normaliseSpokenNumbers);
});

describe('en-whisper@1', () => {
  checkAll([...numberCases, ...profileCases], enWhisperProfile.normalise);
});

describe('en-whisper@1, traps', () => {
  checkAll(trapCases, enWhisperProfile.normalise);
});

test('British spellings become American', () => {
  assert.equal(enWhisperProfile.spellingEntries, 1739);
  assert.equal(americanSpelling('mobilisation'), 'mobilization');
  assert.equal(americanSpelling('cancelation'), 'cancellation');
});

test('normalising twice is another result: texts are normalised once', () => {
  const twice: [input: string, first: string, second: string][] = [
    ['oh oh seven', '007', '7'],
    ['plus one', '+one', 'one'],
    ['minus five degrees', '-5 degrees', '5 degrees'],
    ['triple zero', '000', '0'],
  ];
  for (const [input, first, second] of twice) {
    assert.equal(enWhisperProfile.normalise(input), first);
    assert.equal(enWhisperProfile.normalise(first), second);
  }
});
