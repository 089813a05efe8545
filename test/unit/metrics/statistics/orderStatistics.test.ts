import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  isEnoughForPercentile,
  percentileIntervalRanks,
} from '../../../../src/metrics/statistics/orderStatistics.ts';

describe('order-statistic interval of a percentile', () => {
  for (const [n, fraction, lower, upper] of [
    [10, 0.5, 2, 9],
    [100, 0.5, 40, 61],
    [100, 0.95, 90, 100],
    [1000, 0.99, 983, 997],
    [5, 0.5, null, null],
    [0, 0.5, null, null],
  ] as const) {
    test(`n = ${n}, p = ${fraction} takes ranks ${lower} and ${upper}`, () => {
      assert.deepEqual(percentileIntervalRanks(n, fraction), { lower, upper });
    });
  }

  for (const [fraction, smallest] of [
    [0.5, 6],
    [0.9, 36],
    [0.95, 72],
    [0.99, 368],
  ] as const) {
    test(`p = ${fraction} needs ${smallest} values`, () => {
      assert.equal(isEnoughForPercentile(smallest - 1, fraction), false);
      assert.equal(isEnoughForPercentile(smallest, fraction), true);
    });
  }

  test('agrees with summing the binomial distribution term by term', () => {
    const size = fc.integer({ min: 1, max: 300 });
    const fraction = fc.constantFrom(0.05, 0.25, 0.5, 0.9, 0.95, 0.99);
    fc.assert(
      fc.property(size, fraction, (n, p) => {
        const masses = Array.from({ length: n + 1 }, (_, k) => binomialMass(n, k, p));
        const upTo = (k: number) => masses.slice(0, k + 1).reduce((a, b) => a + b, 0);
        const from = (k: number) => masses.slice(k).reduce((a, b) => a + b, 0);
        const ranks = Array.from({ length: n }, (_, index) => index + 1);
        assert.deepEqual(percentileIntervalRanks(n, p), {
          lower: ranks.findLast((rank) => upTo(rank - 1) <= 0.025) ?? null,
          upper: ranks.find((rank) => from(rank) <= 0.025) ?? null,
        });
      }),
      { numRuns: 60 },
    );
  });

  test('follows the normal approximation for two million values', () => {
    const { lower, upper } = percentileIntervalRanks(2_000_000, 0.5);
    const reach = 1.959964 * Math.sqrt(2_000_000 * 0.25);
    assert.ok(Math.abs(lower! - (1_000_000 - reach)) < 2, String(lower));
    assert.ok(Math.abs(upper! - (1_000_000 + reach)) < 2, String(upper));
  });
});

function binomialMass(n: number, k: number, p: number): number {
  let mass = 1;
  for (let i = 1; i <= k; i++) mass *= ((n - k + i) / i) * p;
  return mass * (1 - p) ** (n - k);
}
