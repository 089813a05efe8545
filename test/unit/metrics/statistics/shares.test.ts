import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { fisherExact, type Share } from '../../../../src/metrics/statistics/fisherExact.ts';
import { rateDifference } from '../../../../src/metrics/statistics/rateDifference.ts';
import { wilsonRate } from '../../../../src/metrics/statistics/wilson.ts';
import { assertClose, assertDigits, statisticsVectors } from './statisticsVectors.ts';

const share = fc
  .integer({ min: 1, max: 300 })
  .chain((total) => fc.integer({ min: 0, max: total }).map((count): Share => ({ count, total })));

const complement = ({ count, total }: Share): Share => ({ count: total - count, total });

describe('Fisher’s exact test', () => {
  test('published example', () => {
    assertDigits(fisherExact({ count: 3, total: 100 }, { count: 12, total: 100 }), 0.0286713, 7);
  });

  test('agrees with SciPy', () => {
    for (const [a, totalA, b, totalB, p] of statisticsVectors.fisher) {
      const actual = fisherExact({ count: a, total: totalA }, { count: b, total: totalB });
      assert.ok(Math.abs(actual - p) <= 1e-9 * p + 1e-300, `${actual}, expected ${p}`);
    }
  });

  test('sides and counting the others instead do not matter', () => {
    fc.assert(
      fc.property(share, share, (a, b) => {
        const p = fisherExact(a, b);
        assert.ok(p > 0 && p <= 1);
        assertClose(fisherExact(b, a), p, 1e-9);
        assertClose(fisherExact(complement(a), complement(b)), p, 1e-9);
      }),
    );
  });

  test('nothing or everything counted cannot differ', () => {
    assert.equal(fisherExact({ count: 0, total: 9 }, { count: 0, total: 400 }), 1);
    assert.equal(fisherExact({ count: 9, total: 9 }, { count: 400, total: 400 }), 1);
    assert.equal(fisherExact({ count: 0, total: 0 }, { count: 3, total: 7 }), 1);
  });

  test('every session of thousands failing is beyond doubt, not beyond numbers', () => {
    const p = fisherExact({ count: 0, total: 10_000 }, { count: 10_000, total: 10_000 });
    assert.ok(p >= 0 && p < 1e-300);
  });
});

describe('Wilson interval', () => {
  test('agrees with SciPy', () => {
    for (const [count, total, low, high] of statisticsVectors.wilson) {
      const rate = wilsonRate(count, total);
      assert.ok(Math.abs(rate.low! - low) < 1e-12);
      assert.ok(Math.abs(rate.high! - high) < 1e-12);
    }
  });
});

describe('difference of two shares', () => {
  test('examples of Newcombe’s paper', () => {
    // Table II, method 10, rows a and e: p1 - p2.
    for (const [first, second, low, high] of [
      [{ count: 56, total: 70 }, { count: 48, total: 80 }, 0.0524, 0.3339],
      [{ count: 5, total: 56 }, { count: 0, total: 29 }, -0.0381, 0.1926],
    ] as const) {
      const difference = rateDifference(second, first)!;
      assertDigits(difference.low, low, 4);
      assertDigits(difference.high, high, 4);
    }
  });

  test('mirrors when the sides change, and holds the difference', () => {
    fc.assert(
      fc.property(share, share, (a, b) => {
        const { value, low, high } = rateDifference(a, b)!;
        const swapped = rateDifference(b, a)!;
        assert.ok(Math.abs(swapped.low + high) < 1e-12 && Math.abs(swapped.high + low) < 1e-12);
        assert.ok(-1 <= low && low <= value && value <= high && high <= 1);
      }),
    );
  });

  test('needs something counted on both sides', () => {
    assert.equal(rateDifference({ count: 0, total: 0 }, { count: 1, total: 2 }), null);
  });
});
