import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  censoredPercentile,
  distributionOf,
} from '../../../../src/metrics/statistics/distribution.ts';

const tenValues = [12.1, 15.0, 9.8, 22.4, 18.3, 11.7, 14.2, 95.0, 13.3, 16.9];

function assertNear(actual: number | null, expected: number): void {
  assert.ok(actual !== null && Math.abs(actual - expected) < 1e-4, `${actual} is not ${expected}`);
}

describe('distribution', () => {
  test('ten values: mean, sample deviation, spread and the median interval', () => {
    const told = distributionOf(tenValues);
    assertNear(told.mean, 22.87);
    assertNear(told.std, 25.6033);
    assertNear(told.p50.value, 14.6);
    assert.deepEqual([told.p50.low, told.p50.high], [11.7, 22.4]);
    assert.deepEqual([told.min, told.max, told.n], [9.8, 95, 10]);
    // Deviations from 14.6, sorted: .4 .4 1.3 2.3 2.5 2.9 3.7 4.8 7.8 80.4.
    assertNear(told.mad, 2.7);
    // Quartiles 12.4 and 17.95: 95 lies more than 3 IQR above, nothing else does.
    assertNear(told.iqr, 5.55);
    assert.equal(told.outliers, 1);
  });

  test('says which percentiles ten values cannot support', () => {
    const told = distributionOf(tenValues);
    assert.equal(told.p50.enough, true);
    for (const estimate of [told.p90, told.p95, told.p99]) {
      assert.deepEqual([estimate.enough, estimate.low, estimate.high], [false, null, null]);
    }
  });

  test('missing values are counted, not replaced', () => {
    const ttft = [310, 320, 330, 340, 350, 360, 370, 380];
    const told = distributionOf(ttft, { missing: { no_text: 2 }, censored: 2 });
    assert.equal(told.n, 8);
    assert.deepEqual(told.missing, { no_text: 2 });
    assertNear(told.p50.value, 345);
    assertNear(told.p95.value, 376.5);
    assertNear(told.mean, 345);
    assert.equal(told.p95Censored, 'inf');
    assert.equal(censoredPercentile(ttft, 2, 0.5), 355);
  });

  test('without censoring the censored percentile is the percentile', () => {
    const told = distributionOf(tenValues);
    assert.equal(told.p95Censored, told.p95.value);
  });

  test('refuses values that are not finite', () => {
    assert.throws(() => distributionOf([1, NaN]), RangeError);
    assert.throws(() => distributionOf([Infinity]), RangeError);
  });

  test('is ordered, and all of it is finite or null', () => {
    const values = fc.array(fc.double({ noNaN: true, min: -1e12, max: 1e12 }));
    fc.assert(
      fc.property(values, fc.nat(3), (sample, censored) => {
        const told = distributionOf(sample, { censored });
        for (const value of allNumbers(told)) assert.ok(Number.isFinite(value));
        assert.equal(told.p50.value === null, sample.length === 0);
        if (sample.length === 0) return;
        const ladder = [
          told.min,
          told.p50.value,
          told.p90.value,
          told.p95.value,
          told.p99.value,
          told.max,
        ] as number[];
        ladder.slice(1).forEach((value, index) => {
          assert.ok(ladder[index]! <= value);
        });
        const censoredValue = told.p95Censored === 'inf' ? Infinity : told.p95Censored!;
        assert.ok(censoredValue >= told.p95.value!);
      }),
    );
  });
});

function allNumbers(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(allNumbers);
}
