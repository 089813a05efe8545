import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { growsSignificantly } from '../../../../src/metrics/statistics/growth.ts';
import { normalCdf } from '../../../../src/metrics/statistics/normal.ts';
import { studentTCdf } from '../../../../src/metrics/statistics/studentT.ts';

describe('Student’s t distribution', () => {
  // One-sided quantiles of the usual tables: [degrees of freedom, t of 0.95, t of 0.995].
  const table: [number, number, number][] = [
    [1, 6.314, 63.657],
    [2, 2.92, 9.925],
    [3, 2.353, 5.841],
    [4, 2.132, 4.604],
    [8, 1.86, 3.355],
    [9, 1.833, 3.25],
    [30, 1.697, 2.75],
    [120, 1.658, 2.617],
  ];
  for (const [degrees, t95, t995] of table) {
    test(`has the tabulated quantiles for ${degrees} degrees of freedom`, () => {
      assert.ok(Math.abs(studentTCdf(t95, degrees) - 0.95) < 1e-4);
      assert.ok(Math.abs(studentTCdf(t995, degrees) - 0.995) < 1e-5);
    });
  }

  test('is symmetric, and the normal one in the end', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -50, max: 50, noNaN: true }),
        fc.integer({ min: 1, max: 500 }),
        (t, n) => {
          assert.ok(Math.abs(studentTCdf(t, n) + studentTCdf(-t, n) - 1) < 1e-12);
        },
      ),
    );
    assert.ok(Math.abs(studentTCdf(1.3, 100_000) - normalCdf(1.3)) < 1e-5);
    assert.throws(() => studentTCdf(1, 0.5), RangeError);
  });
});

describe('growth', () => {
  /** Around a line of this slope lie residuals for which its standard error is √0.1. */
  const around = (slope: number) =>
    [-3, -1, 1, 3].map((x, at) => ({ x, y: 7 + slope * x + [1, -1, -1, 1][at]! }));

  test('begins where slope / standard error passes the 95 % quantile', () => {
    const limit = 2.919986 * Math.sqrt(0.1);
    assert.equal(growsSignificantly(around(limit - 1e-4)), false);
    assert.equal(growsSignificantly(around(limit + 1e-4)), true);
    assert.equal(growsSignificantly(around(-5)), false);
  });

  test('a line without scatter grows or does not', () => {
    const line = (slope: number) => [1, 2, 3, 4].map((x) => ({ x, y: slope * x }));
    assert.equal(growsSignificantly(line(0.5)), true);
    assert.equal(growsSignificantly(line(0)), false);
    assert.equal(growsSignificantly(line(-1)), false);
  });

  test('too few points, or points at one place, cannot tell', () => {
    assert.equal(growsSignificantly([]), null);
    assert.equal(growsSignificantly(around(9).slice(2)), null);
    assert.equal(growsSignificantly([1, 2, 3].map((y) => ({ x: 5, y }))), null);
  });

  test('depends neither on where the axes begin nor on their scale', () => {
    const points = fc.array(fc.record({ x: fc.nat(1000), y: fc.nat(1000) }), { maxLength: 12 });
    fc.assert(
      fc.property(points, (all) => {
        const moved = all.map(({ x, y }) => ({ x: x * 1024 + 4096, y: y / 8 - 64 }));
        assert.equal(growsSignificantly(moved), growsSignificantly(all));
      }),
    );
  });
});
