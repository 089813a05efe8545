import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { startOffsetsMs } from '../../../src/bench/arrivals.ts';
import type { OpenLoad } from '../../../src/plan/load.ts';

/** Seconds with six places, as the metrics specification writes them. */
const seconds = (offsets: number[]) => offsets.map((ms) => Math.round(ms * 1000) / 1_000_000);

/** How much the gaps vary, as a share of their mean. */
function variation(load: OpenLoad): number {
  const offsets = startOffsetsMs(load, 20_000);
  const gaps = offsets.map((at, i) => at - (offsets[i - 1] ?? 0));
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  const squares = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0);
  return Math.sqrt(squares / gaps.length) / mean;
}

describe('starts of an open load', () => {
  test('at a constant rate come evenly, the first at once', () => {
    const load = { kind: 'constant', perSecond: 4 } as const;
    assert.deepEqual(startOffsetsMs(load, 4), [0, 250, 500, 750]);
  });

  test('at random are those of the metrics specification (11.7)', () => {
    const load = { kind: 'poisson', perSecond: 2, seed: 42 } as const;
    const golden = [0.459527, 0.756894, 1.713741, 2.26767, 2.363743];
    assert.deepEqual(seconds(startOffsetsMs(load, 5)), golden);
  });

  test('vary as their burstiness says: gamma gaps by 1/√shape', () => {
    for (const burstiness of [0.25, 1, 4, 100]) {
      const load = { kind: 'gamma', perSecond: 3, burstiness, seed: 7 } as const;
      const expected = 1 / Math.sqrt(burstiness);
      assert.ok(Math.abs(variation(load) / expected - 1) < 0.05, String(burstiness));
    }
    const poisson = variation({ kind: 'poisson', perSecond: 3, seed: 7 });
    assert.ok(Math.abs(poisson - 1) < 0.05);
  });

  test('never go back, keep the rate, and are the same for the same seed', () => {
    const rate = fc.double({ min: 0.01, max: 1000, noNaN: true });
    const burstiness = fc.double({ min: 0.3, max: 100, noNaN: true });
    const load = fc.record({
      kind: fc.constant('gamma' as const),
      perSecond: rate,
      burstiness,
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(load, (one) => {
        const offsets = startOffsetsMs(one, 3000);
        assert.ok(offsets.every((at, i) => at >= (offsets[i - 1] ?? 0)));
        assert.deepEqual(startOffsetsMs(one, 3000), offsets);
        const perSecond = (3000 / offsets.at(-1)!) * 1000;
        assert.ok(Math.abs(perSecond / one.perSecond - 1) < 0.25, String(perSecond));
      }),
      { numRuns: 30 },
    );
  });
});
