import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { startOffsetsMs } from '../../../src/bench/arrivals.ts';
import { whenRampIsMs, whenSummedMs } from '../../../src/bench/ramps.ts';
import { userShifts } from '../../../src/bench/userShifts.ts';
import type { Ramp } from '../../../src/plan/load.ts';

type RateRamp = Extract<Ramp, { of: 'perSecond' }>;

const rate = (changes: Partial<RateRamp>): RateRamp => ({
  kind: 'ramp',
  of: 'perSecond',
  from: 1,
  to: 3,
  overSeconds: 10,
  shape: 'linear',
  ...changes,
});

const someRamp = fc.record({
  kind: fc.constant('ramp' as const),
  of: fc.constant('perSecond' as const),
  from: fc.double({ min: 0.01, max: 1000, noNaN: true }),
  to: fc.double({ min: 0.01, max: 1000, noNaN: true }),
  overSeconds: fc.double({ min: 0.1, max: 10_000, noNaN: true }),
  shape: fc.constantFrom('linear' as const, 'exponential' as const),
});

/** A ramp's value, as its definition has it. */
function valueAt({ from, to, overSeconds, shape }: Ramp, seconds: number): number {
  const share = Math.min(1, seconds / overSeconds);
  return shape === 'linear' ? from + (to - from) * share : from * (to / from) ** share;
}

/** By the trapezoid rule. */
function integral(ramp: Ramp, seconds: number): number {
  const parts = 20_000;
  const step = seconds / parts;
  const values = Array.from({ length: parts + 1 }, (_, i) => valueAt(ramp, i * step));
  const inner = values.slice(1, -1).reduce((sum, value) => sum + value, 0);
  return step * (inner + (values[0]! + values.at(-1)!) / 2);
}

describe('a ramp of the rate', () => {
  test('starts the i-th session where the integral of the rate is i', () => {
    // t + t²/10 = i, up to 20 sessions in 10 s; then three in each second.
    const offsets = startOffsetsMs(rate({}), 24);
    assert.equal(offsets[0], 0);
    assert.ok(Math.abs(offsets[2]! - (Math.sqrt(45) - 5) * 1000) < 1e-6);
    assert.ok(Math.abs(offsets[20]! - 10_000) < 1e-6);
    assert.ok(Math.abs(offsets[23]! - 11_000) < 1e-6);
  });

  test('agrees with the integral taken numerically, also for falling and for even ones', () => {
    fc.assert(
      fc.property(someRamp, fc.double({ min: 0, max: 2, noNaN: true }), (ramp, share) => {
        const seconds = ramp.overSeconds * share;
        const sum = integral(ramp, seconds);
        const whenMs = whenSummedMs(ramp, sum);
        assert.ok(Math.abs(whenMs / 1000 - seconds) <= 1e-3 * Math.max(1e-3, seconds));
      }),
      { numRuns: 60 },
    );
    for (const shape of ['linear', 'exponential'] as const) {
      assert.deepEqual(startOffsetsMs(rate({ from: 2, to: 2, shape }), 3), [0, 500, 1000]);
    }
  });

  test('has a value where its definition says so', () => {
    fc.assert(
      fc.property(someRamp, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (ramp, share) => {
        fc.pre(Math.abs(ramp.from - ramp.to) > 0.01);
        const value = valueAt(ramp, ramp.overSeconds * share);
        const seconds = whenRampIsMs(ramp, value) / 1000;
        assert.ok(Math.abs(seconds - ramp.overSeconds * share) < 1e-6 * ramp.overSeconds);
      }),
    );
  });
});

describe('users of a closed load', () => {
  const ramp = (from: number, to: number) =>
    ({ kind: 'ramp', of: 'sessions', from, to, overSeconds: 10, shape: 'linear' }) as const;

  test('are there all the time where their number is fixed, their starts spread', () => {
    assert.deepEqual(userShifts({ kind: 'concurrent', sessions: 4 }, 100, 20), [
      { fromMs: 0, untilMs: Infinity },
      { fromMs: 25, untilMs: Infinity },
      { fromMs: 50, untilMs: Infinity },
      { fromMs: 75, untilMs: Infinity },
    ]);
  });

  test('are no more than there are jobs', () => {
    assert.equal(userShifts({ kind: 'concurrent', sessions: 4 }, 100, 3).length, 3);
  });

  test('come one by one as a ramp rises', () => {
    const shifts = userShifts(ramp(1, 5), 0, 20);
    // The ramp is 1.5 after 1.25 s, and rounded from there on 2.
    assert.deepEqual(
      shifts.map(({ fromMs }) => fromMs),
      [0, 1250, 3750, 6250, 8750],
    );
    assert.ok(shifts.every(({ untilMs }) => untilMs === Infinity));
  });

  test('go one by one as a ramp falls, but for those that stay', () => {
    const shifts = userShifts(ramp(5, 2), 0, 20);
    const untilMs = shifts.map((shift) => Math.round(shift.untilMs));
    assert.deepEqual(untilMs, [Infinity, Infinity, 8333, 5000, 1667]);
    assert.ok(shifts.every(({ fromMs }) => fromMs === 0));
  });
});
