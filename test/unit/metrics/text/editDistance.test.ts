import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distance as libraryDistance } from 'fastest-levenshtein';
import fc from 'fast-check';
import { editTotal } from '../../../../src/metrics/text/alignment.ts';
import { alignTokens } from '../../../../src/metrics/text/alignTokens.ts';
import { editDistance } from '../../../../src/metrics/text/editDistance.ts';
import { randomTexts } from './randomTexts.ts';
import { randomGenerator } from '../../../../src/metrics/statistics/randomGenerator.ts';

const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'ß'), maxLength: 150 });

test('agrees with an independent library', () => {
  fc.assert(
    fc.property(letters, letters, (reference, hypothesis) => {
      assert.equal(
        editDistance(Array.from(reference), Array.from(hypothesis)),
        libraryDistance(reference, hypothesis),
      );
    }),
    { numRuns: 500 },
  );
});

test('agrees with the library on long texts, wherever the errors are', () => {
  const random = randomGenerator(3);
  for (const vocabularySize of [5, 60]) {
    for (const errorRate of [0.05, 0.4, 1]) {
      const texts = randomTexts(random, { tokenCount: 6000, vocabularySize, errorRate });
      const toText = (words: string[]) =>
        words.map((word) => String.fromCharCode(64 + Number(word.slice(1)))).join('');
      for (const hypothesis of [texts.hypothesis, texts.hypothesis.slice(2000)]) {
        assert.equal(
          editDistance(texts.reference, hypothesis),
          libraryDistance(toText(texts.reference), toText(hypothesis)),
        );
      }
    }
  }
});

test('is the number of errors of the alignment', () => {
  const tokens = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 120, size: 'max' });
  fc.assert(
    fc.property(tokens, tokens, (reference, hypothesis) => {
      const { counts } = alignTokens(reference, hypothesis);
      assert.equal(editDistance(reference, hypothesis), editTotal(counts));
    }),
  );
});
