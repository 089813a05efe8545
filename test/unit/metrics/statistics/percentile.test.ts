import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { median, percentile, sortedValues } from '../../../../src/metrics/statistics/percentile.ts';

const tenValues = [12.1, 15.0, 9.8, 22.4, 18.3, 11.7, 14.2, 95.0, 13.3, 16.9];
const someValues = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 });
const aFraction = fc.double({ min: 0, max: 1, noNaN: true });

describe('percentile, type 7', () => {
  for (const [fraction, expected] of [
    [0.5, 14.6],
    [0.9, 29.66],
    [0.95, 62.33],
    [0.99, 88.466],
  ] as const) {
    test(`p = ${fraction} of ten values is ${expected}`, () => {
      const value = percentile(sortedValues(tenValues), fraction)!;
      assert.ok(Math.abs(value - expected) < 1e-9, String(value));
    });
  }

  test('has no value without data', () => {
    assert.equal(percentile([], 0.5), null);
    assert.equal(median([]), null);
  });

  test('of one value is that value', () => {
    assert.equal(percentile([7], 0.99), 7);
  });

  test('interpolating next to an infinite value gives infinity, never NaN', () => {
    assert.equal(percentile([1, Infinity, Infinity], 0.25), Infinity);
    assert.equal(percentile([1, Infinity, Infinity], 0.75), Infinity);
    assert.equal(percentile([1, Infinity, Infinity], 0), 1);
  });

  test('does not decrease with the fraction and stays between minimum and maximum', () => {
    fc.assert(
      fc.property(someValues, aFraction, aFraction, (values, one, other) => {
        const sorted = sortedValues(values);
        const low = percentile(sorted, Math.min(one, other))!;
        const high = percentile(sorted, Math.max(one, other))!;
        assert.ok(low <= high);
        assert.ok(sorted[0]! <= low && high <= sorted.at(-1)!);
      }),
    );
  });

  test('at 0 and 1 is the smallest and the largest value', () => {
    fc.assert(
      fc.property(someValues, (values) => {
        const sorted = sortedValues(values);
        assert.equal(percentile(sorted, 0), sorted[0]);
        assert.equal(percentile(sorted, 1), sorted.at(-1));
      }),
    );
  });

  test('does not depend on the order of the values', () => {
    const shuffled = someValues.chain((values) =>
      fc.tuple(fc.constant(values), fc.shuffledSubarray(values, { minLength: values.length })),
    );
    fc.assert(
      fc.property(shuffled, aFraction, ([values, others], fraction) => {
        assert.equal(
          percentile(sortedValues(values), fraction),
          percentile(sortedValues(others), fraction),
        );
      }),
    );
  });
});
