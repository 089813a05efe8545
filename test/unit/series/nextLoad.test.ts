import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Load } from '../../../src/plan/load.ts';
import type { CapacitySearch, Sweep } from '../../../src/plan/series.ts';
import type { MeasuredStep } from '../../../src/series/measuredStep.ts';
import { decidingStep, nextLoad } from '../../../src/series/nextLoad.ts';
import { stepsAtMost } from '../../../src/series/stepsAtMost.ts';

const search = (sessions: number): CapacitySearch => ({ kind: 'find_capacity', sessions });
const sweep = (sessions: number, levels: number): Sweep => ({ kind: 'sweep', sessions, levels });

function step(load: Load, changes: Partial<MeasuredStep> = {}): MeasuredStep {
  return { load, sessionsPerS: 1, utterances: 12, missed: [], ...changes };
}

/** The loads that are tried of an endpoint that holds so many sessions at once. */
function tried(series: CapacitySearch, capacity: number): MeasuredStep[] {
  const steps: MeasuredStep[] = [];
  for (let load = nextLoad(series, steps); load !== null; load = nextLoad(series, steps)) {
    assert.ok(load.kind === 'concurrent');
    steps.push(step(load, { missed: load.sessions <= capacity ? [] : ['slow'] }));
  }
  return steps;
}

const counts = (steps: readonly MeasuredStep[]): number[] =>
  steps.map(({ load }) => (load.kind === 'concurrent' ? load.sessions : NaN));

describe('a search for the capacity', () => {
  test('doubles, then halves what is left', () => {
    assert.deepEqual(counts(tried(search(64), 11)), [1, 2, 4, 8, 16, 12, 10, 11]);
  });

  test('ends at once where not even one session is held, and at its limit', () => {
    assert.deepEqual(counts(tried(search(64), 0)), [1]);
    assert.deepEqual(counts(tried(search(6), 100)), [1, 2, 4, 6]);
  });

  test('finds what the endpoint holds, whatever it is, with each load tried once', () => {
    const of = fc.record({
      limit: fc.integer({ min: 2, max: 10_000 }),
      share: fc.double({ min: 0, max: 1.2, noNaN: true }),
    });
    fc.assert(
      fc.property(of, ({ limit, share }) => {
        const capacity = Math.floor(limit * share);
        const steps = tried(search(limit), capacity);
        const deciding = steps[decidingStep(search(limit), steps)]!;
        const found = deciding.missed.length === 0 ? counts([deciding])[0]! : 0;
        assert.equal(found, Math.min(limit, capacity));
        assert.equal(new Set(counts(steps)).size, steps.length);
        assert.ok(counts(steps).every((count) => count >= 1 && count <= limit));
        assert.ok(steps.length <= 2 * Math.ceil(Math.log2(limit)) + 2);
      }),
    );
  });

  test('is judged by one session at a time where nothing is held', () => {
    assert.equal(decidingStep(search(8), tried(search(8), 0)), 0);
    // 1, 2, 4, 3: the most that was held is not the last that was tried.
    assert.equal(decidingStep(search(8), tried(search(8), 2)), 1);
  });
});

describe('a sweep', () => {
  const after = (...rates: (number | null)[]): Load | null => {
    const steps = rates.map((sessionsPerS) =>
      step({ kind: 'concurrent', sessions: 1 }, { sessionsPerS }),
    );
    return nextLoad(sweep(16, 3), steps);
  };

  test('goes from one session to many, and then through rates between', () => {
    assert.deepEqual(after(), { kind: 'concurrent', sessions: 1 });
    assert.deepEqual(after(0.1), { kind: 'concurrent', sessions: 16 });
    assert.deepEqual(after(0.1, 0.9), { kind: 'constant', perSecond: 0.3 });
    assert.deepEqual(after(0.1, 0.9, 0), { kind: 'constant', perSecond: 0.5 });
    assert.deepEqual(after(0.1, 0.9, 0, 0), { kind: 'constant', perSecond: 0.7 });
    assert.equal(after(0.1, 0.9, 0, 0, 0), null);
  });

  test('ends where there is nothing between: no session ended, or more at once gave no more', () => {
    assert.equal(after(null, 0.9), null);
    assert.equal(after(0.4, null), null);
    assert.equal(after(0.4, 0.4), null);
  });

  test('is judged by one session at a time', () => {
    const load = { kind: 'concurrent', sessions: 1 } as const;
    assert.equal(decidingStep(sweep(16, 3), [step(load), step(load)]), 0);
  });
});

describe('what a series takes at most', () => {
  test('is the longest search, as there is one', () => {
    assert.deepEqual(stepsAtMost(search(6)), [1, 2, 4, 6, 5]);
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 300 }), fc.nat(320), (limit, capacity) => {
        const total = (all: number[]) => all.reduce((sum, count) => sum + count, 0);
        assert.ok(
          total(counts(tried(search(limit), capacity))) <= total(stepsAtMost(search(limit))),
        );
      }),
    );
  });

  test('is one session, all, and so many evenly between', () => {
    assert.deepEqual(stepsAtMost(sweep(9, 3)), [1, 9, 3, 5, 7]);
  });
});
