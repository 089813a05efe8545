import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { tickLabel, ticksIn, tickStepMs } from '../../../src/timeline/timeTicks.ts';

describe('ticks of the axis', () => {
  test('steps are the least round ones that are long enough', () => {
    const steps: [number, number][] = [
      [0.7, 1],
      [1, 1],
      [1.2, 2],
      [30, 50],
      [400, 500],
      [501, 1000],
      [4000, 5000],
      [6000, 10_000],
      [16_000, 30_000],
      [100_000, 120_000],
      [4_000_000, 7_200_000],
    ];
    for (const [least, step] of steps) assert.equal(tickStepMs(least), step, `for ${least} ms`);
  });

  test('a step is never shorter than asked for, nor more than five times as long', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1e7, noNaN: true }), (least) => {
        const step = tickStepMs(least);
        assert.ok(step >= least * (1 - 1e-12));
        assert.ok(step <= least * 5);
      }),
    );
  });

  test('ticks are the multiples in sight, also before the audio', () => {
    assert.deepEqual(ticksIn({ startMs: -120, endMs: 101 }, 50), [-100, -50, 0, 50, 100]);
    assert.deepEqual(ticksIn({ startMs: 10, endMs: 40 }, 50), []);
    assert.ok(Object.is(ticksIn({ startMs: -1, endMs: 1 }, 5)[0], 0));
  });

  test('labels have the digits that their step needs', () => {
    const labels: [number, number, string][] = [
      [0, 1000, '0 s'],
      [1250, 50, '1.25 s'],
      [1251, 1, '1.251 s'],
      [5000, 500, '5.0 s'],
      [-300, 100, '-0.3 s'],
      [59_999.6, 1000, '1:00'],
      [65_000, 1000, '1:05'],
      [65_250, 50, '1:05.25'],
      [3_600_000, 60_000, '1:00:00'],
      [3_725_500, 500, '1:02:05.5'],
    ];
    for (const [at, step, label] of labels) assert.equal(tickLabel(at, step), label);
  });
});
