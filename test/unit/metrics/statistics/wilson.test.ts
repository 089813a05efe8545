import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { wilsonRate } from '../../../../src/metrics/statistics/wilson.ts';

describe('Wilson interval of a rate', () => {
  for (const [count, total, low, high] of [
    [3, 100, 0.0102545, 0.0845193],
    [0, 50, 0, 0.0713476],
  ] as const) {
    test(`${count} of ${total}`, () => {
      const rate = wilsonRate(count, total);
      assert.equal(rate.value, count / total);
      assert.ok(Math.abs(rate.low! - low) < 1e-7, String(rate.low));
      assert.ok(Math.abs(rate.high! - high) < 1e-7, String(rate.high));
    });
  }

  test('nothing counted has no rate', () => {
    assert.deepEqual(wilsonRate(0, 0), { count: 0, total: 0, value: null, low: null, high: null });
  });

  test('holds the rate, stays within 0..1 and mirrors for the complement', () => {
    const counts = fc
      .integer({ min: 1, max: 5000 })
      .chain((total) => fc.tuple(fc.integer({ min: 0, max: total }), fc.constant(total)));
    fc.assert(
      fc.property(counts, ([count, total]) => {
        const rate = wilsonRate(count, total);
        assert.ok(0 <= rate.low! && rate.low! <= rate.value!);
        assert.ok(rate.value! <= rate.high! && rate.high! <= 1);
        const rest = wilsonRate(total - count, total);
        assert.ok(Math.abs(rest.low! - (1 - rate.high!)) < 1e-9);
      }),
    );
  });
});
