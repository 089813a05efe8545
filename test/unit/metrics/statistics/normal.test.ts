import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  normalCdf,
  normalQuantile,
  normalTwoSidedP,
} from '../../../../src/metrics/statistics/normal.ts';
import { assertClose, statisticsVectors } from './statisticsVectors.ts';

const z = fc.double({ min: -30, max: 8, noNaN: true });

describe('normal distribution', () => {
  test('agrees with mpmath, far into the tails', () => {
    for (const [point, probability] of statisticsVectors.normal) {
      assertClose(normalCdf(point), probability, 1e-12);
    }
  });

  test('both tails are twice one', () => {
    fc.assert(
      fc.property(z, (point) => {
        assertClose(normalTwoSidedP(point), 2 * normalCdf(-Math.abs(point)), 1e-15);
      }),
    );
  });

  test('never falls, and mirrors', () => {
    fc.assert(
      fc.property(z, fc.double({ min: 1e-3, max: 3, noNaN: true }), (point, step) => {
        assert.ok(normalCdf(point) <= normalCdf(point + step));
        assert.ok(Math.abs(normalCdf(point) + normalCdf(-point) - 1) < 1e-15);
      }),
    );
  });

  test('quantiles undo it', () => {
    assertClose(normalQuantile(0.975), 1.959963984540054, 1e-13);
    fc.assert(
      fc.property(fc.double({ min: -30, max: 5, noNaN: true }), (point) => {
        assertClose(normalCdf(normalQuantile(normalCdf(point))), normalCdf(point), 1e-11);
      }),
    );
    assert.throws(() => normalQuantile(0), RangeError);
    assert.throws(() => normalQuantile(1), RangeError);
  });
});
