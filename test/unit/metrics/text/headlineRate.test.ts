import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { headlineRate } from '../../../../src/metrics/text/headlineRate.ts';
import { scoredUnits } from '../../../../src/metrics/text/scoredUnits.ts';
import { scorePair } from '../../../../src/metrics/text/scorePair.ts';
import { textProfiles } from '../../../../src/metrics/text/textProfiles.ts';

const words = [
  'twenty',
  'five',
  'um',
  '[music]',
  "it's",
  '25',
  '咖啡',
  '我',
  'né',
  'Mr.',
  ' ',
  '.',
];
const aText = fc.array(fc.constantFrom(...words), { maxLength: 8 }).map((some) => some.join(' '));

test('is the rate of the whole score, for every profile and rate', () => {
  fc.assert(
    fc.property(
      aText,
      aText,
      fc.constantFrom(...textProfiles),
      fc.constantFrom('wer' as const, 'mixer' as const, 'cer_nospace' as const),
      (reference, hypothesis, profile, rate) => {
        const { rates } = scorePair(reference, hypothesis, profile);
        const given = headlineRate(reference, hypothesis, scoredUnits(profile, rate));
        assert.equal(given, rates[rate]);
      },
    ),
    { numRuns: 500 },
  );
});

test('without a reference there is nothing to divide by', () => {
  const unitsOf = (text: string) => text.split(' ').filter((word) => word !== '');
  assert.equal(headlineRate('', 'a b', unitsOf), null);
  assert.equal(headlineRate('', '', unitsOf), 0);
  assert.equal(headlineRate('a b c d', 'a x c', unitsOf), 0.5);
});
