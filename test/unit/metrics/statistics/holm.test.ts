import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { holmAdjusted } from '../../../../src/metrics/statistics/holm.ts';

const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 });

describe('Holm’s adjustment', () => {
  test('by hand: the smallest times 4, the next times 3, and never falling', () => {
    assert.deepEqual(holmAdjusted([0.04, 0.01, 0.03, 0.25]), [0.09, 0.04, 0.09, 0.25]);
    assert.deepEqual(holmAdjusted([]), []);
    assert.deepEqual(holmAdjusted([0.9, 0.8]), [1, 1]);
  });

  test('rejects what stepping down from the smallest p rejects', () => {
    fc.assert(
      fc.property(pValues, fc.constantFrom(0.01, 0.05, 0.2), (all, alpha) => {
        const sorted = all.toSorted((one, other) => one - other);
        const kept = sorted.findIndex((p, index) => (all.length - index) * p > alpha);
        const limit = kept < 0 ? Infinity : sorted[kept]!;
        const adjusted = holmAdjusted(all);
        all.forEach((p, index) => {
          assert.equal(adjusted[index]! <= alpha, p < limit);
        });
      }),
    );
  });

  test('is between p and Bonferroni’s, in the order given', () => {
    fc.assert(
      fc.property(pValues, (all) => {
        holmAdjusted(all).forEach((adjusted, index) => {
          assert.ok(adjusted >= all[index]! && adjusted <= Math.min(1, all.length * all[index]!));
        });
        assert.deepEqual(holmAdjusted(all.toReversed()), holmAdjusted(all).reverse());
      }),
    );
  });
});
