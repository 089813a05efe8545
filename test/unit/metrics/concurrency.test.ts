import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { concurrency, openAtStarts } from '../../../src/metrics/concurrency.ts';

const interval = (startUs: number, endUs: number) => ({ startUs, endUs });

describe('concurrency', () => {
  test('the published intervals', () => {
    const open = [interval(0, 10), interval(2, 8), interval(5, 15), interval(12, 20)];
    assert.deepEqual(concurrency(open, interval(0, 20)), { mean: 1.7, max: 3 });
  });

  test('an end comes before a start at the same time', () => {
    assert.equal(concurrency([interval(0, 5), interval(5, 9)], interval(0, 9)).max, 1);
  });

  test('counts only what lies within the window', () => {
    assert.deepEqual(concurrency([interval(0, 100)], interval(50, 60)), { mean: 1, max: 1 });
    assert.deepEqual(concurrency([interval(0, 10)], interval(50, 60)), { mean: 0, max: 0 });
    assert.deepEqual(concurrency([interval(0, 10)], interval(5, 5)), { mean: null, max: 0 });
  });

  test('counts what is open from each start on, in the order of time', () => {
    const open = [interval(5, 15), interval(0, 10), interval(10, 12), interval(3, 3)];
    assert.deepEqual(
      openAtStarts(open).map(({ atUs, open: count }) => [atUs, count]),
      [
        [0, 1],
        [5, 2],
        [10, 2],
      ],
    );
  });

  test('agrees with looking at every microsecond', () => {
    const instant = fc.nat(30);
    const intervals = fc.array(fc.tuple(instant, instant).map(([a, b]) => interval(a, b)));
    fc.assert(
      fc.property(intervals, (all) => {
        const counts = Array.from(
          { length: 30 },
          (_, at) => all.filter(({ startUs, endUs }) => startUs <= at && at < endUs).length,
        );
        const told = concurrency(all, interval(0, 30));
        assert.equal(told.max, Math.max(...counts));
        assert.ok(Math.abs(told.mean! - counts.reduce((a, b) => a + b) / 30) < 1e-9);
      }),
    );
  });
});
