import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { cliffsDelta } from '../../../../src/metrics/statistics/cliffsDelta.ts';
import {
  hodgesLehmannShift,
  pairedShift,
} from '../../../../src/metrics/statistics/hodgesLehmann.ts';
import { median } from '../../../../src/metrics/statistics/percentile.ts';
import { randomGenerator } from '../../../../src/metrics/statistics/randomGenerator.ts';
import { latenciesA, latenciesB, latenciesC, latenciesD } from './goldenSamples.ts';
import { assertClose, statisticsVectors } from './statisticsVectors.ts';

const values = fc.array(fc.integer({ min: -40, max: 40 }), { minLength: 1, maxLength: 30 });

describe('Hodges–Lehmann shift', () => {
  test('published example', () => {
    assert.equal(hodgesLehmannShift(latenciesA, latenciesB), -21);
  });

  test('agrees with the median of all differences as NumPy forms it', () => {
    for (const { a, b, shift } of statisticsVectors.hodgesLehmann) {
      assertClose(hodgesLehmannShift(a, b)!, shift, 1e-13);
    }
  });

  test('is the median of all differences', () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const differences = b.flatMap((right) => a.map((left) => right - left));
        assert.equal(hodgesLehmannShift(a, b), median(differences));
      }),
    );
  });

  test('finds a known shift between two samples of 10,000', () => {
    const random = randomGenerator(3);
    const a = Array.from({ length: 10_000 }, () => Math.round(random() * 1e6));
    const shuffled = a.map((value) => value + 60).reverse();
    assert.equal(hodgesLehmannShift(a, shuffled), 60);
  });

  test('samples without values have none', () => {
    assert.equal(hodgesLehmannShift([], [1]), null);
    assert.equal(hodgesLehmannShift([1], []), null);
    assert.equal(pairedShift([], []), null);
  });

  test('the paired shift is the median difference of the same items', () => {
    assert.equal(pairedShift([1, 2, 3, 4], [2, 2, 13, 5]), 1);
  });
});

describe('Cliff’s delta', () => {
  test('published examples', () => {
    assert.deepEqual(cliffsDelta(latenciesA, latenciesB), { value: 0.84, magnitude: 'large' });
    assert.deepEqual(cliffsDelta(latenciesC, latenciesD), { value: -0.5, magnitude: 'large' });
    assert.equal(cliffsDelta([], [1]), null);
  });

  test('agrees with NumPy', () => {
    for (const { a, b, delta } of statisticsVectors.hodgesLehmann) {
      assertClose(cliffsDelta(a, b)!.value, delta, 1e-14);
    }
  });

  test('changes its sign with the sides, and is 0 against itself', () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const { value, magnitude } = cliffsDelta(a, b)!;
        assert.equal(cliffsDelta(b, a)!.value + value, 0);
        assert.equal(cliffsDelta(b, a)!.magnitude, magnitude);
        assert.equal(cliffsDelta(a, a)!.value, 0);
      }),
    );
  });

  for (const [larger, magnitude] of [
    [57, 'negligible'],
    [58, 'small'],
    [66, 'small'],
    [67, 'medium'],
    [73, 'medium'],
    [74, 'large'],
  ] as const) {
    test(`larger in ${larger} of 100 pairs is ${magnitude}`, () => {
      const b = Array.from({ length: 100 }, (_, index) => (index < larger ? 0 : 2));
      assert.equal(cliffsDelta([1], b)!.magnitude, magnitude);
    });
  }
});
