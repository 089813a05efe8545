import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  bootstrapDifference,
  type ResampledSample,
} from '../../../../src/metrics/statistics/bootstrapDifference.ts';
import { indexGenerator } from '../../../../src/metrics/statistics/indexGenerator.ts';
import { percentile, sortedValues } from '../../../../src/metrics/statistics/percentile.ts';
import { percentileSample } from '../../../../src/metrics/statistics/percentileSample.ts';
import { randomGenerator } from '../../../../src/metrics/statistics/randomGenerator.ts';
import { ratioSample } from '../../../../src/metrics/statistics/ratioSample.ts';
import { StatisticsStopped } from '../../../../src/metrics/statistics/statisticsControl.ts';
import { valueSample } from '../../../../src/metrics/statistics/valueSample.ts';
import {
  latenciesA,
  latenciesB,
  latenciesC,
  latenciesD,
  textErrorsA,
  textErrorsB,
  textWords,
} from './goldenSamples.ts';
import { assertDigits } from './statisticsVectors.ts';

const alone = (values: readonly number[]) => values.map((value) => [value]);

function medianDifference(a: readonly number[], b: readonly number[]) {
  const design = { a: percentileSample(alone(a), [0.5]), b: percentileSample(alone(b), [0.5]) };
  return bootstrapDifference({ ...design, paired: false })[0]!.difference!;
}

describe('bootstrap of a difference', () => {
  test('medians of the published example', () => {
    const { low, high } = medianDifference(latenciesA, latenciesB);
    assert.deepEqual([low, high], [-35, -10]);
  });

  test('medians that do not differ for sure have 0 within their interval', () => {
    const { low, high } = medianDifference(latenciesC, latenciesD);
    assert.ok(low <= 0 && high > 0, `${low} to ${high}`);
  });

  test('word error rates of the published example', () => {
    const [rates] = bootstrapDifference({
      a: ratioSample(textErrorsA, textWords),
      b: ratioSample(textErrorsB, textWords),
      paired: true,
    });
    assertDigits(rates!.difference!.low, -0.0860927, 7);
    assertDigits(rates!.difference!.high, -0.0210508, 7);
    assert.equal(rates!.difference!.belowZero, 0.9965);
    assertDigits(rates!.a!.low, 0.104, 6);
    assertDigits(rates!.a!.high, 0.181319, 6);
  });

  test('the interval of a mean is that of the normal distribution, with other seeds too', () => {
    const random = randomGenerator(9);
    const values = Array.from({ length: 400 }, () => random() * 10);
    const mean = valueSample(values, (own) => own.reduce((sum, x) => sum + x, 0) / own.length);
    const zero = valueSample([0], () => 0);
    const centre = values.reduce((sum, value) => sum + value, 0) / 400;
    const variance = values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / 400;
    const half = 1.96 * Math.sqrt(variance / 400);
    for (const seed of [1, 2]) {
      const [intervals] = bootstrapDifference({ a: zero, b: mean, paired: false }, { seed });
      const { low, high } = intervals!.difference!;
      assert.ok(Math.abs(low - (centre - half)) < 0.05 * half);
      assert.ok(Math.abs(high - (centre + half)) < 0.05 * half);
      assert.deepEqual(intervals!.a, { low: 0, high: 0, belowZero: 0 });
    }
  });

  test('the same item drawn on both sides has no difference to itself', () => {
    const sample = percentileSample(alone(latenciesA), [0.5, 0.9]);
    const twin = percentileSample(alone(latenciesA), [0.5, 0.9]);
    for (const { difference } of bootstrapDifference({ a: sample, b: twin, paired: true })) {
      assert.deepEqual(difference, { low: 0, high: 0, belowZero: 0 });
    }
  });

  test('correlated items: blocks as units give the wider interval that they need', () => {
    const random = randomGenerator(4);
    const blocks = Array.from({ length: 40 }, () => {
      const speaker = 100 * random();
      return Array.from({ length: 25 }, () => speaker + random());
    });
    const zero = valueSample([0], () => 0);
    const width = (units: number[][]) => {
      const b = percentileSample(units, [0.5]);
      const { low, high } = bootstrapDifference({ a: zero, b, paired: false })[0]!.difference!;
      return high - low;
    };
    assert.ok(width(blocks) > 3 * width(alone(blocks.flat())));
  });

  test('pairs need partners, and statistics the same ones', () => {
    const sample = (size: number, fractions: number[]) =>
      percentileSample(alone(latenciesA.slice(0, size)), fractions);
    const a = sample(4, [0.5]);
    assert.throws(() => bootstrapDifference({ a, b: sample(5, [0.5]), paired: true }), RangeError);
    const two = sample(4, [0.5, 0.9]);
    assert.throws(() => bootstrapDifference({ a, b: two, paired: false }), RangeError);
  });

  test('nothing to draw from has no interval', () => {
    const none = percentileSample([[], []], [0.5]);
    const [intervals] = bootstrapDifference({ a: none, b: none, paired: true });
    assert.deepEqual(intervals, { a: null, b: null, difference: null });
    const noWords = ratioSample([1, 0], [0, 0]);
    assert.equal(bootstrapDifference({ a: noWords, b: noWords, paired: true })[0]!.a, null);
  });

  test('stops when told to, and says how far it is', () => {
    const a = percentileSample(alone(latenciesA), [0.5]);
    const shares: number[] = [];
    const onProgress = (share: number) => shares.push(share);
    bootstrapDifference({ a, b: a, paired: true }, { onProgress });
    assert.ok(shares.length > 10 && shares.every((share) => share >= 0 && share < 1));
    const shouldStop = () => shares.push(-1) > 0;
    assert.throws(
      () => bootstrapDifference({ a, b: a, paired: true }, { shouldStop }),
      StatisticsStopped,
    );
  });
});

describe('percentiles of resamples', () => {
  const fractions = [0, 0.25, 0.5, 0.95, 1];
  const value = fc.integer({ min: 0, max: 60 });
  const single = fc.array(fc.tuple(value), { minLength: 1, maxLength: 200 });
  const pooled = fc.array(fc.array(value, { maxLength: 6 }), { minLength: 1, maxLength: 60 });

  test('are those of the sorted resample, to the last bit', () => {
    fc.assert(
      fc.property(fc.oneof(single, pooled), fc.integer(), (units, seed) => {
        assertSorted(units, percentileSample(units, fractions), fractions, seed);
      }),
      { numRuns: 300 },
    );
  });

  test('also of thousands of values, of which few are near the percentile', () => {
    const random = randomGenerator(6);
    const exponential = () => -100 * Math.log(1 - random());
    const many = Array.from({ length: 4000 }, () => [exponential()]);
    const sessions = Array.from({ length: 600 }, (_, unit) =>
      Array.from({ length: unit % 30 }, exponential),
    );
    for (const units of [many, sessions]) {
      const sample = percentileSample(units, [0.5, 0.95]);
      for (let seed = 0; seed < 20; seed++) assertSorted(units, sample, [0.5, 0.95], seed);
    }
  });

  test('also of a resample far from what was to be expected', () => {
    const units = Array.from({ length: 5000 }, (_, unit) => [unit]);
    const twice = units.map(([unit]) => [unit!, unit! + 0.5]);
    for (const all of [units, twice]) {
      const sample = percentileSample(all, [0.5]);
      for (const unit of [0, 100, 4999]) {
        const into = new Float64Array(1);
        const drawn = new Int32Array(5000).fill(unit);
        sample.evaluate(drawn, into);
        assert.equal(into[0], all[unit]!.length === 1 ? unit : unit + 0.25);
      }
    }
  });
});

function assertSorted(
  units: readonly number[][],
  sample: ResampledSample,
  fractions: readonly number[],
  seed: number,
): void {
  const drawn = new Int32Array(units.length);
  indexGenerator(seed)(drawn, units.length);
  const into = new Float64Array(fractions.length);
  sample.evaluate(drawn, into);
  const sorted = sortedValues(Array.from(drawn, (unit) => units[unit]!).flat());
  const expected = fractions.map((fraction) => percentile(sorted, fraction) ?? NaN);
  assert.deepEqual(Array.from(into), expected);
}
