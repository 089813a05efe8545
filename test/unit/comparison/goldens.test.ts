import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compareMeasure, type SamplingOptions } from '../../../src/comparison/compareMeasure.ts';
import { compareText } from '../../../src/comparison/compareText.ts';
import type { Sample } from '../../../src/comparison/measureSample.ts';
import { pairSessions } from '../../../src/comparison/pairSessions.ts';
import { runSide } from '../../../src/comparison/runSide.ts';
import type { TextGroup } from '../../../src/comparison/textItems.ts';
import { metricRegistry, type MetricId } from '../../../src/metrics/registry/metricRegistry.ts';
import { noiseSize } from '../../../src/metrics/statistics/noiseThreshold.ts';
import { percentile, sortedValues } from '../../../src/metrics/statistics/percentile.ts';
import { Resamples } from '../../../src/metrics/statistics/resamples.ts';
import { verdictOf, type VerdictEvidence } from '../../../src/metrics/statistics/verdict.ts';
import { comparedReport } from '../../support/comparedRuns.ts';
import {
  latenciesA,
  latenciesB,
  latenciesC,
  latenciesD,
  textErrorsA,
  textErrorsB,
  textWords,
} from '../metrics/statistics/goldenSamples.ts';
import { assertDigits } from '../metrics/statistics/statisticsVectors.ts';

// The published examples, from their values to the verdict, by the functions that compare runs.

const options: SamplingOptions = {
  seed: 42,
  resamples: new Resamples(0),
  replicates: 10_000,
  draws: 10_000,
};

function unpaired(a: number[], b: number[]): Sample {
  return { paired: false, a, b, blocks: null };
}

type Found = Pick<VerdictEvidence, 'enough' | 'p'> & Pick<ReturnType<typeof compareText>, 'change'>;

function judged({ change, enough, p }: Found, metric: MetricId) {
  const { noise, direction } = metricRegistry[metric];
  return verdictOf({
    comparable: true,
    enough,
    p,
    effect: change!.delta,
    interval: change!.interval,
    noise: noiseSize(noise, change!.a),
    direction,
  });
}

describe('latencies that improved', () => {
  const found = compareMeasure(unpaired(latenciesA, latenciesB), options);

  test('have these medians, and this interval of their difference', () => {
    const { a, b, delta, interval } = found.change!;
    assert.deepEqual([a, b, delta], [210, 189, -21]);
    assert.deepEqual(interval, { low: -35, high: -10 });
  });

  test('have these 90th percentiles', () => {
    assert.equal(percentile(sortedValues(latenciesA), 0.9), 231);
    assertDigits(percentile(sortedValues(latenciesB), 0.9)!, 203.2, 6);
  });

  test('have this shift and this effect size: positive where B is larger', () => {
    assert.equal(found.shift, -21);
    assert.deepEqual(found.cliffsDelta, { value: -0.84, magnitude: 'large' });
  });

  test('are called improved', () => {
    assert.equal(found.test?.name, 'Mann–Whitney');
    assertDigits(found.test.p, 0.00072528, 8);
    assert.equal(judged({ ...found, p: found.test.p }, 'ttft'), 'improved');
  });
});

describe('latencies that may be worse', () => {
  const found = compareMeasure(unpaired(latenciesC, latenciesD), options);

  test('have this effect size', () => {
    assert.deepEqual(found.cliffsDelta, { value: 0.5, magnitude: 'large' });
  });

  test('are not called regressed', () => {
    assertDigits(found.test!.p, 0.1048951, 7);
    const verdict = judged({ ...found, p: found.test!.p }, 'ttft');
    assert.match(verdict, /^(no significant change|inconclusive)$/);
  });
});

describe('word errors', () => {
  const side = runSide(comparedReport({ utterances: textWords.length }), 'local');
  const group: TextGroup = {
    profileId: 'basic@1',
    headline: 'wer',
    items: pairSessions(side, side).shared.map((item, at) => ({
      item,
      length: textWords[at]!,
      a: { errors: textErrorsA[at]!, edits: null, sessions: [] },
      b: { errors: textErrorsB[at]!, edits: null, sessions: [] },
    })),
  };
  const found = compareText(group, options);

  test('have these rates, and this interval of their difference', () => {
    const { a, b, delta, interval } = found.change!;
    assert.deepEqual([a, b], [23 / 155, 14 / 155]);
    assertDigits(a, 0.148387, 6);
    assertDigits(b, 0.090323, 6);
    assertDigits(delta, -0.0580645, 7);
    assertDigits(interval!.low, -0.0860927, 7);
    assertDigits(interval!.high, -0.0210508, 7);
    assert.equal(found.probabilityImproved, 0.9965);
  });

  test('have this second opinion', () => {
    assertDigits(found.matchedPairs!.z, -2.69145, 6);
    assertDigits(found.matchedPairs!.p, 0.0071142, 7);
  });

  test('are called improved', () => {
    assert.equal(found.p, 192 / 4096);
    assert.equal(judged({ ...found, enough: true }, 'wer'), 'improved');
  });
});

test('three values on either side are insufficient data, however far apart', () => {
  const found = compareMeasure(unpaired([1, 2, 3], [101, 102, 103]), options);
  assert.equal(found.test!.p, 0.1);
  assert.equal(judged({ ...found, p: found.test!.p }, 'ttft'), 'insufficient data');
});
