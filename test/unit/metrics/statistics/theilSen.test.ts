import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { theilSenSlope } from '../../../../src/metrics/statistics/theilSen.ts';

describe('Theil-Sen slope', () => {
  test('is the median of the pairwise slopes', () => {
    // The six pairs of (0,0) (1,1) (2,8) (3,9) have slopes 1 4 3 7 4 1.
    const points = [0, 1, 8, 9].map((y, x) => ({ x, y }));
    assert.equal(theilSenSlope(points), (3 + 4) / 2);
  });

  test('needs two different x', () => {
    assert.equal(theilSenSlope([]), null);
    assert.equal(theilSenSlope([{ x: 1, y: 1 }]), null);
    assert.equal(
      theilSenSlope([
        { x: 1, y: 1 },
        { x: 1, y: 9 },
      ]),
      null,
    );
  });

  test('is not moved by a quarter of wild points', () => {
    const points = Array.from({ length: 40 }, (_, x) => ({ x, y: x % 4 === 1 ? 1e6 : 3 * x + 5 }));
    assert.ok(Math.abs(theilSenSlope(points)! - 3) < 1);
  });

  test('finds the slope of a line, also of thousands of points', () => {
    const slope = fc.integer({ min: -1000, max: 1000 });
    const size = fc.constantFrom(2, 3, 20, 501, 20_000);
    fc.assert(
      fc.property(slope, size, (m, n) => {
        const points = Array.from({ length: n }, (_, x) => ({ x, y: m * x - 4 }));
        assert.equal(theilSenSlope(points), m);
      }),
      { numRuns: 20 },
    );
  });
});
