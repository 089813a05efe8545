import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { itemsToDecide, itemsToHalve } from '../../../../src/metrics/statistics/itemsToDecide.ts';
import { noiseSize } from '../../../../src/metrics/statistics/noiseThreshold.ts';
import {
  verdictOf,
  type Verdict,
  type VerdictEvidence,
} from '../../../../src/metrics/statistics/verdict.ts';

function evidence(
  p: number,
  low: number,
  high: number,
  more: Partial<VerdictEvidence> = {},
): VerdictEvidence {
  const effect = (low + high) / 2;
  const common = { comparable: true, enough: true, noise: 5, direction: 'lower' } as const;
  return { ...common, p, effect, interval: { low, high }, ...more };
}

describe('verdict', () => {
  const cases: [string, VerdictEvidence, Verdict][] = [
    ['published: faster', evidence(0.0007, -35, -10), 'improved'],
    ['published: ~', evidence(0.1, -2, 9), 'no significant change'],
    ['published: equivalent', evidence(0.6, -3, 4), 'equivalent'],
    ['published: negligible', evidence(0.01, 1, 3), 'significant but negligible'],
    ['published: inconclusive', evidence(0.2, -40, 90), 'inconclusive'],
    ['published: 3 + 3', evidence(0.1, -35, -10, { enough: false }), 'insufficient data'],
    ['slower', evidence(0.0007, 10, 35), 'regressed'],
    ['more is better', evidence(0.0007, 10, 35, { direction: 'higher' }), 'improved'],
    ['less is worse', evidence(0.0007, -35, -10, { direction: 'higher' }), 'regressed'],
    ['neither is better', evidence(0.0007, 10, 35, { direction: 'neutral' }), 'changed'],
    ['other conditions', evidence(0.0007, 10, 35, { comparable: false }), 'not comparable'],
    ['no test', evidence(0, 10, 35, { p: null }), 'insufficient data'],
    ['no interval', evidence(0.001, 10, 35, { interval: null }), 'insufficient data'],
    ['open interval', evidence(0.001, 10, Infinity), 'insufficient data'],
    ['no effect', evidence(0.001, 10, 35, { effect: null }), 'insufficient data'],
    ['exactly α', evidence(0.05, 10, 35), 'inconclusive'],
    ['another α', evidence(0.05, 10, 35, { alpha: 0.1 }), 'regressed'],
    ['the interval reaches 0', evidence(0.001, 0, 30), 'inconclusive'],
    ['the test alone finds it', evidence(0.001, -1, 30), 'inconclusive'],
    ['an effect of exactly τ', evidence(0.001, 1, 9), 'significant but negligible'],
    ['small but real comes before equivalent', evidence(0.01, 1, 4), 'significant but negligible'],
    ['ends at τ', evidence(0.5, -5, 5), 'equivalent'],
    ['ends at 5 τ', evidence(0.5, -25, 25), 'no significant change'],
    ['ends beyond 5 τ', evidence(0.5, -25, 25.1), 'inconclusive'],
    ['no noise at all', evidence(0.5, 0, 0, { noise: 0 }), 'equivalent'],
  ];
  for (const [name, given, expected] of cases) {
    test(`${name}: ${expected}`, () => {
      assert.equal(verdictOf(given), expected);
    });
  }

  test('turns around with the sides, and never alarms without p < α', () => {
    const number = fc.double({ min: -100, max: 100, noNaN: true });
    const turned: Partial<Record<Verdict, Verdict>> = {
      improved: 'regressed',
      regressed: 'improved',
    };
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), number, number, (p, one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        const verdict = verdictOf(evidence(p, low, high));
        assert.equal(verdictOf(evidence(p, -high, -low)), turned[verdict] ?? verdict);
        if (p >= 0.05) assert.ok(!(verdict in turned) && !verdict.startsWith('significant'));
      }),
    );
  });
});

describe('noise threshold', () => {
  test('is the larger of the absolute and the relative one', () => {
    const latency = { absolute: 5, relative: 0.02 };
    assert.equal(noiseSize(latency, 100), 5);
    assert.equal(noiseSize(latency, 1000), 20);
    assert.equal(noiseSize(latency, -1000), 20);
  });
});

describe('items to decide', () => {
  const undecided = { items: 100, effect: 20, low: -10, high: 50, noise: 5 };

  test('a seeming change: until its interval leaves 0, with 80 % probability', () => {
    // 100 × (30 / 20)² × ((1.96 + 0.8416) / 1.96)²
    assert.deepEqual(itemsToDecide(undecided), { items: 460, toShow: 'change' });
    const mirrored = { ...undecided, effect: -20, low: -50, high: 10 };
    assert.deepEqual(itemsToDecide(mirrored), { items: 460, toShow: 'change' });
  });

  test('a stricter level needs more', () => {
    // z of 0.01 / 2 instead of 1.96: 2.5758.
    assert.equal(itemsToDecide({ ...undecided, alpha: 0.01 })!.items, 685);
  });

  test('a seeming sameness: until its interval is within the noise', () => {
    const same = { items: 100, effect: 1, low: -19, high: 21, noise: 5 };
    // 100 × (20 / 4)² × ((1.96 + 0.8416) / 1.96)²
    assert.deepEqual(itemsToDecide(same), { items: 5109, toShow: 'equivalence' });
  });

  test('no number of items that anyone would measure', () => {
    assert.equal(itemsToDecide({ ...undecided, effect: 5 }), null);
    assert.equal(itemsToDecide({ ...undecided, effect: 0, noise: 0 }), null);
    assert.equal(itemsToDecide({ ...undecided, effect: 0, noise: 0.01 }), null);
  });

  test('always more than there are', () => {
    const tight = { items: 100, effect: 20, low: 19, high: 21, noise: 5 };
    assert.deepEqual(itemsToDecide(tight), { items: 101, toShow: 'change' });
    assert.equal(itemsToHalve(25), 100);
  });
});
