import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { editDistance } from '../../../../src/metrics/text/editDistance.ts';
import { scoredUnits } from '../../../../src/metrics/text/scoredUnits.ts';
import { scorePair } from '../../../../src/metrics/text/scorePair.ts';
import { textProfiles } from '../../../../src/metrics/text/textProfiles.ts';
import { transcriptText } from '../../../support/arbitraryTrace.ts';

test('the errors of the units are those of the rate, for every profile and rate', () => {
  const anyText = fc.array(transcriptText, { maxLength: 8 }).map((parts) => parts.join(''));
  const anyCase = fc.record({
    profile: fc.constantFrom(...textProfiles),
    rate: fc.constantFrom('wer', 'mixer', 'cer_nospace'),
    reference: anyText,
    shown: anyText,
  });
  fc.assert(
    fc.property(anyCase, ({ profile, rate, reference, shown }) => {
      const unitsOf = scoredUnits(profile, rate);
      const units = unitsOf(reference);
      const { rates } = scorePair(reference, shown, profile);
      if (rates[rate] === null || units.length === 0) return;
      assert.equal(editDistance(units, unitsOf(shown)) / units.length, rates[rate]);
    }),
  );
});
