import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  histogramBins,
  isPositive,
  quantileDifferences,
  shareCurve,
} from '../../../../webview-ui/compare/plots/distributions.ts';

const ascending = fc
  .array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 60 })
  .map((values) => values.toSorted((a, b) => a - b));
const samples = fc.record({ a: ascending, b: ascending });

const closeTo = (actual: number, expected: number) => {
  assert.ok(Math.abs(actual - expected) < 1e-9, `${actual} is not ${expected}`);
};

describe('shareCurve', () => {
  test('tells of every value which shares of both are at most that', () => {
    fc.assert(
      fc.property(samples, ({ a, b }) => {
        const points = shareCurve({ a, b });
        assert.deepEqual(
          points.map(({ x }) => x),
          [...new Set([...a, ...b])].sort((one, other) => one - other),
        );
        for (const point of points) {
          closeTo(point.a, a.filter((value) => value <= point.x).length / a.length);
          closeTo(point.b, b.filter((value) => value <= point.x).length / b.length);
        }
      }),
    );
  });
});

describe('histogramBins', () => {
  for (const isLog of [false, true]) {
    test(`every value is in one bin, bins touch: ${isLog ? 'log' : 'linear'}`, () => {
      fc.assert(
        fc.property(samples, (both) => {
          const bins = histogramBins(both, isLog);
          closeTo(
            bins.reduce((sum, { a }) => sum + a, 0),
            1,
          );
          closeTo(
            bins.reduce((sum, { b }) => sum + b, 0),
            1,
          );
          for (const [at, bin] of bins.entries()) {
            assert.ok(bin.from <= bin.to);
            if (at > 0) assert.equal(bin.from, bins[at - 1]!.to);
          }
        }),
      );
    });
  }

  test('bins of a log scale grow by one factor', () => {
    const values = Array.from({ length: 27 }, (_, i) => 1000 ** (i / 26));
    const [first, second] = histogramBins({ a: values, b: values }, true);
    closeTo(second!.to / second!.from, first!.to / first!.from);
  });
});

describe('quantileDifferences', () => {
  test('a shift is the same at every percentile', () => {
    fc.assert(
      fc.property(ascending, (a) => {
        for (const point of quantileDifferences({ a, b: a.map((value) => value + 60) })) {
          closeTo(point.difference, 60);
        }
      }),
    );
  });

  test('there is none without values', () => {
    assert.deepEqual(quantileDifferences({ a: [], b: [1] }), []);
  });
});

test('only values above zero have a logarithm', () => {
  assert.equal(isPositive({ a: [1], b: [0.1] }), true);
  assert.equal(isPositive({ a: [0, 1], b: [1] }), false);
  assert.equal(isPositive({ a: [1], b: [-1, 1] }), false);
});
