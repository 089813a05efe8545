import assert from 'node:assert/strict';
import { test } from 'node:test';
import { poolScores } from '../../../../src/metrics/text/poolScores.ts';
import { scorePair } from '../../../../src/metrics/text/scorePair.ts';
import { textProfile } from '../../../../src/metrics/text/textProfiles.ts';

const none = textProfile('none@1');
const score = (reference: string, hypothesis: string) => scorePair(reference, hypothesis, none);

test('mean, median, sentence error rate and exact share', () => {
  const corpus = poolScores([
    score('a b c d', 'a b c d'),
    score('a b', 'a x'),
    score('a', 'x y'),
    score('', 'noise'),
  ]);
  assert.equal(corpus.utterances, 4);
  assert.equal(corpus.utterancesWithWer, 3);
  assert.equal(corpus.meanUtteranceWer, 2.5 / 3);
  assert.equal(corpus.medianUtteranceWer, 0.5);
  assert.equal(corpus.ser, 0.75);
  assert.equal(corpus.exact, 0.25);
  assert.equal(corpus.hallucinatedWords, 1);
  // One substitution, one substitution and an insertion, one hallucinated word; seven words.
  assert.equal(corpus.rates.wer, 4 / 7);
  assert.equal(corpus.nullReason, null);
});

test('the median of an even number of utterances is between the middle two', () => {
  const corpus = poolScores([score('a', 'a'), score('a b', 'a x')]);
  assert.equal(corpus.medianUtteranceWer, 0.25);
});

test('a corpus without reference words has no word error rate', () => {
  const corpus = poolScores([score('', 'done'), score('', '')]);
  assert.equal(corpus.rates.wer, null);
  assert.equal(corpus.nullReason, 'no_reference_words');
  assert.deepEqual([corpus.hallucinatedWords, corpus.ser], [1, 0.5]);
  assert.deepEqual([corpus.rates.mer, corpus.rates.wip], [1, 0]);
});

test('an empty corpus has no rates at all, and survives JSON', () => {
  const corpus = poolScores([]);
  assert.equal(corpus.nullReason, 'no_utterances');
  assert.ok(Object.values(corpus.rates).every((rate) => rate === null));
  assert.deepEqual([corpus.ser, corpus.exact, corpus.meanUtteranceWer], [null, null, null]);
  assert.deepEqual(JSON.parse(JSON.stringify(corpus)), corpus);
});
