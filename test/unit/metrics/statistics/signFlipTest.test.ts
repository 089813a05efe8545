import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { matchedPairs } from '../../../../src/metrics/statistics/matchedPairs.ts';
import { signFlipTest } from '../../../../src/metrics/statistics/signFlipTest.ts';
import { StatisticsStopped } from '../../../../src/metrics/statistics/statisticsControl.ts';
import { textErrorDifferences } from './goldenSamples.ts';
import { assertClose, assertDigits, statisticsVectors } from './statisticsVectors.ts';

const differences = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 12 });

describe('sign-flip permutation test', () => {
  test('published example', () => {
    const result = signFlipTest(textErrorDifferences)!;
    assert.equal(result.method, 'exact');
    assert.equal(result.extreme, 192);
    assert.equal(result.patterns, 4096);
    assert.equal(result.p, 0.046875);
    assert.equal(result.mean, -0.75);
    assert.equal(result.smallestP, 2 / 4096);
  });

  test('agrees with SciPy', () => {
    for (const vector of statisticsVectors.signFlip) {
      assertClose(signFlipTest(vector.differences)!.p, vector.p, 1e-12);
    }
  });

  test('counts what going through all patterns counts', () => {
    fc.assert(
      fc.property(differences, (all) => {
        assert.equal(signFlipTest(all)!.extreme, countExtreme(all));
      }),
    );
  });

  test('the sign of all differences and their order do not matter', () => {
    fc.assert(
      fc.property(differences, (all) => {
        const { p } = signFlipTest(all)!;
        assert.equal(signFlipTest(all.map((value) => -value))!.p, p);
        assert.equal(signFlipTest(all.toReversed())!.p, p);
      }),
    );
  });

  test('sums that differ by rounding alone are equally extreme', () => {
    assert.equal(signFlipTest([0.1, 0.2, 0.3, -0.3, 0.1])!.p, signFlipTest([1, 2, 3, -3, 1])!.p);
  });

  test('20 differences are gone through, 21 are drawn from', () => {
    const many = Array.from({ length: 21 }, (_, index) => Math.sin(index) + 0.35);
    const exact = signFlipTest(many.slice(0, 20))!;
    assert.deepEqual([exact.method, exact.patterns], ['exact', 2 ** 20]);
    const drawn = signFlipTest(many)!;
    assert.deepEqual([drawn.method, drawn.patterns], ['sampled', 10_000]);
    assert.deepEqual(signFlipTest(many), drawn);
    assert.notEqual(signFlipTest(many, { seed: 43 })!.extreme, drawn.extreme);
    // Half of the patterns with the 21st difference 0 are those of the other 20.
    const twin = signFlipTest([...many.slice(0, 20), 0])!;
    const error = Math.sqrt((exact.p * (1 - exact.p)) / twin.patterns);
    assert.ok(Math.abs(twin.p - exact.p) < 4 * error, `${twin.p} and ${exact.p}`);
  });

  test('drawn patterns never give p = 0', () => {
    const result = signFlipTest(new Array<number>(100).fill(1), { draws: 99 })!;
    assert.equal(result.extreme, 0);
    assert.equal(result.p, 0.01);
    assert.equal(result.smallestP, 0.01);
  });

  test('no differences, or none but 0', () => {
    assert.equal(signFlipTest([]), null);
    assert.equal(signFlipTest([0, 0, 0])!.p, 1);
    assert.equal(signFlipTest(new Array<number>(30).fill(0))!.p, 1);
  });

  test('stops when told to, and says how far it is', () => {
    const many = new Array<number>(50).fill(1);
    const shares: number[] = [];
    signFlipTest(many, { onProgress: (share) => shares.push(share) });
    assert.ok(shares.length > 10 && shares.every((share) => share >= 0 && share < 1));
    assert.deepEqual(
      shares,
      shares.toSorted((one, other) => one - other),
    );
    assert.throws(() => signFlipTest(many, { shouldStop: () => true }), StatisticsStopped);
  });
});

describe('matched pairs', () => {
  test('published example', () => {
    const result = matchedPairs(textErrorDifferences)!;
    assertDigits(result.std, 0.965307, 6);
    assertDigits(result.z, -2.69145, 6);
    assertDigits(result.p, 0.0071142, 7);
  });

  test('need two differences that are not all alike', () => {
    assert.equal(matchedPairs([1]), null);
    assert.equal(matchedPairs([2, 2, 2]), null);
  });
});

function countExtreme(all: readonly number[]): number {
  const observed = Math.abs(all.reduce((sum, value) => sum + value, 0));
  let extreme = 0;
  for (let pattern = 0; pattern < 2 ** all.length; pattern++) {
    const sum = all.reduce((s, value, index) => s + ((pattern >> index) & 1 ? -value : value), 0);
    if (Math.abs(sum) >= observed) extreme++;
  }
  return extreme;
}
