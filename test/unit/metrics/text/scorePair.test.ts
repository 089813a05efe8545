import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { scorePair } from '../../../../src/metrics/text/scorePair.ts';
import { textProfile, textProfiles } from '../../../../src/metrics/text/textProfiles.ts';

const none = textProfile('none@1');

describe('empty texts', () => {
  test('a hypothesis without a reference counts as hallucinated words, not as a ratio', () => {
    const score = scorePair(' ', 'a b c', none);
    assert.equal(score.rates.wer, null);
    assert.equal(score.rates.cer, null);
    assert.equal(score.rates.cer_nospace, null);
    assert.equal(score.rates.mixer, null);
    assert.equal(score.rates.wip, 0);
    assert.equal(score.nullReason, 'empty_reference');
    assert.equal(score.hallucinatedWords, 3);
    assert.equal(score.words.insertions, 3);
  });

  test('a reference that the profile empties is an empty reference', () => {
    const score = scorePair('[music] Hmm. (applause)', 'thank you', textProfile('en-whisper@1'));
    assert.equal(score.nullReason, 'empty_reference');
    assert.equal(score.hallucinatedWords, 2);
  });

  test('an empty hypothesis has lost everything', () => {
    const { rates, hallucinatedWords, nullReason } = scorePair('so it is', '', none);
    assert.equal(rates.wer, 1);
    assert.equal(rates.wip, 0);
    assert.equal(rates.cer, 1);
    assert.deepEqual([hallucinatedWords, nullReason], [0, null]);
  });

  test('silence against silence is right, even if the raw texts differ', () => {
    const score = scorePair('', ' ', none);
    assert.equal(score.rates.wer, 0);
    assert.equal(score.nullReason, null);
    assert.equal(score.exact, false);
  });
});

describe('characters', () => {
  test('are code points of the normalised text', () => {
    const score = scorePair('😀é', '😀e', none);
    assert.deepEqual(score.characters, { errors: 1, referenceLength: 2, hypothesisLength: 2 });
  });

  test('count spaces in cer but not in cer_nospace', () => {
    const score = scorePair('note book', 'notebook', none);
    assert.equal(score.rates.cer, 1 / 9);
    assert.equal(score.rates.cer_nospace, 0);
    assert.equal(score.rates.wer, 1);
  });
});

test('`exact` compares the raw texts', () => {
  const basic = textProfile('basic@1');
  assert.equal(scorePair('Yes.', 'Yes.', basic).exact, true);
  const { exact, rates } = scorePair('Yes.', 'yes', basic);
  assert.deepEqual([exact, rates.wer], [false, 0]);
});

const words = fc.array(fc.constantFrom('eins', 'two', '三四', 'five', '(six)', '7'), {
  maxLength: 12,
});
const text = words.map((list) => list.join(' '));

test('substitutions, deletions and insertions add up to the word error rate', () => {
  fc.assert(
    fc.property(text, text, fc.constantFrom(...textProfiles), (ref, hyp, profile) => {
      const { rates } = scorePair(ref, hyp, profile);
      if (rates.wer === null) return;
      const sum = rates.sub_rate! + rates.del_rate! + rates.ins_rate!;
      assert.ok(Math.abs(sum - rates.wer) < 1e-12);
    }),
  );
});

test('every score survives JSON: no NaN, no infinity', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.constantFrom(...textProfiles), (a, b, profile) => {
      const score = scorePair(a, b, profile);
      assert.deepEqual(JSON.parse(JSON.stringify(score)), score);
    }),
  );
});

test('a text scores zero against itself under every profile', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(...textProfiles), (raw, profile) => {
      const { rates, exact } = scorePair(raw, raw, profile);
      assert.deepEqual([rates.wer, rates.cer, rates.mixer, exact], [0, 0, 0, true]);
    }),
  );
});
