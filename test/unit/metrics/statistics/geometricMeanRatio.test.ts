import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { geometricMeanRatio } from '../../../../src/metrics/statistics/geometricMeanRatio.ts';

describe('geometric mean of ratios', () => {
  test('twice and half as much are the same over all', () => {
    const pairs = [
      { a: 10, b: 20 },
      { a: 8, b: 4 },
    ];
    assert.deepEqual(geometricMeanRatio(pairs), { ratio: 1, used: 2 });
  });

  test('leaves out what has no ratio', () => {
    const pairs = [
      { a: 0, b: 20 },
      { a: 8, b: -4 },
      { a: 10, b: 1000 },
      { a: 10, b: 10 },
    ];
    const mean = geometricMeanRatio(pairs)!;
    assert.equal(mean.used, 2);
    assert.ok(Math.abs(mean.ratio - 10) < 1e-12);
    assert.equal(geometricMeanRatio(pairs.slice(0, 2)), null);
  });
});
