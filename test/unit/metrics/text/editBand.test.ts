import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { EditBand } from '../../../../src/metrics/text/editBand.ts';
import { editDistance } from '../../../../src/metrics/text/editDistance.ts';
import { tokenIds } from '../../../../src/metrics/text/tokenIds.ts';
import { randomTexts } from './randomTexts.ts';
import { randomGenerator } from '../../../../src/metrics/statistics/randomGenerator.ts';

function bandOf(reference: readonly string[], hypothesis: readonly string[]): EditBand {
  return new EditBand(tokenIds(reference, hypothesis, 0, reference.length, hypothesis.length));
}

describe('the band of long texts is as narrow as their errors allow', () => {
  for (const errorRate of [0.05, 0.2, 0.6]) {
    test(`error rate ${errorRate}`, () => {
      const settings = { tokenCount: 5000, vocabularySize: 2000, errorRate };
      const { reference, hypothesis } = randomTexts(randomGenerator(8), settings);
      const distance = editDistance(reference, hypothesis);
      const limit = bandOf(reference, hypothesis).end.cost;
      assert.ok(limit >= distance);
      assert.ok(limit <= 1.02 * distance, `limit ${limit}, distance ${distance}`);
    });
  }

  test('also where the hypothesis has drifted away by more than a block', () => {
    const settings = { tokenCount: 5000, vocabularySize: 2000, errorRate: 0.1 };
    const { reference, hypothesis } = randomTexts(randomGenerator(9), settings);
    const drifted = hypothesis.filter((_, index) => index % 10 !== 0);
    const distance = editDistance(reference, drifted);
    const limit = bandOf(reference, drifted).end.cost;
    assert.ok(limit >= distance && limit <= 1.02 * distance, `limit ${limit}, ${distance}`);
  });
});

test('short texts have the trivial limit: no trial pays', () => {
  const limit = bandOf(['a', 'b', 'c'], ['x', 'y', 'z', 'w']).end.cost;
  assert.equal(limit, 4);
});
