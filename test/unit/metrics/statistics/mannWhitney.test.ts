import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { mannWhitney } from '../../../../src/metrics/statistics/mannWhitney.ts';
import { mannWhitneyLowerTail } from '../../../../src/metrics/statistics/mannWhitneyTails.ts';
import { normalTwoSidedP } from '../../../../src/metrics/statistics/normal.ts';
import { latenciesA, latenciesB, latenciesC, latenciesD } from './goldenSamples.ts';
import { assertClose, assertDigits, statisticsVectors } from './statisticsVectors.ts';

const values = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 25 });

describe('Mann–Whitney test', () => {
  test('tells A and B of the published example apart', () => {
    const result = mannWhitney(latenciesA, latenciesB)!;
    assert.equal(result.uA, 92);
    assert.equal(result.uB, 8);
    assert.equal(result.method, 'exact');
    assertDigits(result.p, 0.00072528, 8);
    assertDigits(result.z, 3.137105, 6);
  });

  test('does not tell C and D of the published example apart', () => {
    const result = mannWhitney(latenciesC, latenciesD)!;
    assert.equal(result.uA, 16);
    assertDigits(result.p, 0.1048951, 7);
    assertDigits(result.z, 1.627826, 6);
  });

  test('the approximation of both published examples', () => {
    const p = (a: number[], b: number[]) => normalTwoSidedP(mannWhitney(a, b)!.z);
    assertDigits(p(latenciesA, latenciesB), 0.0017062, 7);
    assertDigits(p(latenciesC, latenciesD), 0.1035619, 7);
  });

  for (const [size, p] of [
    [3, 0.1],
    [4, 0.0285714],
    [5, 0.0079365],
  ] as const) {
    test(`${size} against ${size} values cannot reach less than p = ${p}`, () => {
      const low = Array.from({ length: size }, (_, index) => index);
      const result = mannWhitney(
        low,
        low.map((value) => value + 100),
      )!;
      assertDigits(result.p, p, 7);
      assertClose(result.smallestP, result.p, 1e-14);
    });
  }

  test('agrees with SciPy, exactly and with ties', () => {
    for (const { a, b, exact, u, p } of statisticsVectors.mannWhitney) {
      const result = mannWhitney(a, b)!;
      assert.equal(result.method, exact ? 'exact' : 'normal approximation');
      assert.equal(result.uA, u);
      assertClose(result.p, p, 1e-11);
    }
  });

  test('changing sides changes nothing but the side; order and scale do not matter', () => {
    fc.assert(
      fc.property(values, values, fc.integer({ min: -50, max: 50 }), (a, b, shift) => {
        const result = mannWhitney(a, b)!;
        const swapped = mannWhitney(b, a)!;
        assert.deepEqual(swapped, { ...result, uA: result.uB, uB: result.uA });
        assert.equal(result.uA + result.uB, a.length * b.length);
        const moved = (all: number[]) => all.map((value) => 3 * value + shift).reverse();
        assert.deepEqual(mannWhitney(moved(a), moved(b)), result);
        assert.ok(result.p > 0 && result.p <= 1);
      }),
    );
  });

  test('all values equal, or none on a side', () => {
    assert.equal(mannWhitney([5, 5, 5], [5, 5])!.p, 1);
    assert.equal(mannWhitney([], [1]), null);
    assert.equal(mannWhitney([1], []), null);
  });

  test('the exact distribution is what going through all arrangements counts', () => {
    for (const [n, m] of [
      [1, 1],
      [2, 5],
      [4, 3],
      [5, 5],
    ] as const) {
      const counts = countArrangements(n, m);
      const all = counts.reduce((sum, count) => sum + count, 0);
      let below = 0;
      counts.forEach((count, u) => {
        below += count;
        assertClose(mannWhitneyLowerTail(n, m, u), below / all, 1e-14);
      });
    }
  });
});

/** How many of the orders of n and m values have each U. */
function countArrangements(n: number, m: number): number[] {
  const counts = new Array<number>(n * m + 1).fill(0);
  for (let pattern = 0; pattern < 2 ** (n + m); pattern++) {
    const isA = Array.from({ length: n + m }, (_, rank) => ((pattern >> rank) & 1) === 1);
    if (isA.filter(Boolean).length !== n) continue;
    const u = isA.reduce(
      (sum, own, rank) => (own ? sum + isA.slice(0, rank).filter((other) => !other).length : sum),
      0,
    );
    counts[u]!++;
  }
  return counts;
}
