import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Plan } from '../../../src/plan/plan.ts';
import type { Series } from '../../../src/plan/series.ts';
import { parseThreshold } from '../../../src/plan/threshold.ts';
import type { FileSummary } from '../../../src/runfile/summarySchema.ts';
import { outcomeText } from '../../../src/series/outcomeText.ts';
import { RunSteps, type RunStep } from '../../../src/series/runSteps.ts';
import { decidingRun, type SeriesRun } from '../../../src/series/seriesRuns.ts';
import { missedBy } from '../../../src/series/serviceLevel.ts';
import { comparedReport } from '../../support/comparedRuns.ts';

const report = comparedReport({ utterances: 10 });
const [figures] = report.summary as [FileSummary];

/** Figures of ten sessions, of which so many failed. */
function figuresOf(changes: { failed?: number; perS?: number; total?: number } = {}): FileSummary {
  const { failed = 0, perS = 0.5, total = 10 } = changes;
  const run = { ...figures.run, error_rate: failed / total, sessions_per_s: perS };
  return { ...figures, run, sessions: { ...figures.sessions, total } };
}

const capacity: Series = { kind: 'find_capacity', sessions: 8 };

function planned(series: Series | null, changes: Partial<Plan> = {}) {
  return { title: 'Nightly', plan: { ...report.run.plan, ...changes }, series };
}

/** Makes the runs of an endpoint that fails where more than so many sessions run at once. */
function make(steps: RunSteps, holds: number): RunStep[] {
  const made: RunStep[] = [];
  for (let step = steps.next(); step !== null; step = steps.next()) {
    made.push(step);
    const { load, repeats } = step.plan;
    const sessions = load.kind === 'concurrent' ? load.sessions : 1;
    steps.add([figuresOf({ failed: sessions > holds ? 5 : 0, total: 10 * repeats })]);
  }
  return made;
}

describe('the runs of a profile', () => {
  test('are one where it is a load', () => {
    const steps = new RunSteps(planned(null));
    const made = make(steps, 0);
    assert.deepEqual(made, [{ title: 'Nightly', plan: report.run.plan }]);
    assert.deepEqual(steps.outcomes, []);
  });

  test('are those of a series, which know their place in it', () => {
    const steps = new RunSteps(planned(capacity));
    const made = make(steps, 2);
    assert.deepEqual(
      made.map(({ title }) => title),
      ['1', '2', '4', '3'].map((count) => `Nightly, ${count} at once`),
    );
    assert.deepEqual(
      made.map(({ series }) => series?.step),
      [0, 1, 2, 3],
    );
    assert.equal(new Set(made.map(({ series }) => series?.id)).size, 1);
    assert.ok(made.every(({ series }) => series?.title === 'Nightly'));
    const [outcome] = steps.outcomes;
    assert.equal(outcome?.decidingRun, 1);
    assert.equal(
      outcomeText(outcome),
      'Capacity of local: 2 (max_sustainable_streams). With 3 at once: error_rate was 50 %, ' +
        'not <= 1 %.',
    );
  });

  test('are gone through with each endpoint by itself', () => {
    const [endpoint] = report.run.plan.endpoints;
    const endpoints = [endpoint!, { ...endpoint!, id: 'other' }];
    const steps = new RunSteps(planned({ kind: 'find_capacity', sessions: 2 }, { endpoints }));
    const made = make(steps, 5);
    assert.deepEqual(
      made.map(({ title }) => title),
      ['local, 1', 'local, 2', 'other, 1', 'other, 2'].map((name) => `Nightly, ${name} at once`),
    );
    assert.ok(made.every(({ plan }) => plan.endpoints.length === 1));
    assert.deepEqual(
      steps.outcomes.map((each) => [each.endpoint, each.decidingRun]),
      [
        ['local', 1],
        ['other', 3],
      ],
    );
    assert.match(
      outcomeText(steps.outcomes[0]!),
      /: at least 2 \(max_sustainable_streams\), the most that were tried\.$/,
    );
  });

  test('have sessions enough to run so many at once, twice over', () => {
    const repeats = (holds: number, series: Series) =>
      make(new RunSteps(planned(series)), holds).map(({ plan }) => plan.repeats);
    // Ten utterances: 8 at once take 16 sessions.
    assert.deepEqual(repeats(8, capacity), [1, 1, 1, 2]);
    assert.deepEqual(repeats(64, { kind: 'find_capacity', sessions: 32 }).at(-1), 7);
    const more = make(new RunSteps(planned(capacity, { repeats: 3 })), 8);
    assert.ok(more.every(({ plan }) => plan.repeats === 3));
  });

  test('of a sweep have rates between, and as many sessions as these need', () => {
    const steps = new RunSteps(planned({ kind: 'sweep', sessions: 20, levels: 1 }));
    const titles: [string, number][] = [];
    for (const perS of [0.1, 1.5, 0.8]) {
      const step = steps.next()!;
      titles.push([step.title, step.plan.repeats]);
      steps.add([figuresOf({ perS, total: 10 * step.plan.repeats })]);
    }
    assert.equal(steps.next(), null);
    // 0.8 a second of 10 s each: 8 at once.
    assert.deepEqual(titles, [
      ['Nightly, 1 at once', 1],
      ['Nightly, 20 at once', 4],
      ['Nightly, 0.8 per second', 2],
    ]);
    assert.equal(
      outcomeText(steps.outcomes[0]!),
      'Sweep of local: 0.100 sessions per second one at a time, 1.50 sessions per second with ' +
        '20 at once; 1 rate between.',
    );
  });

  test('cannot go on without figures', () => {
    const steps = new RunSteps(planned(capacity));
    assert.throws(() => {
      steps.add([]);
    }, /Nightly, 1 at once has no figures/);
  });
});

describe('what an endpoint has to hold', () => {
  const missed = (summary: FileSummary, ...thresholds: string[]) =>
    missedBy(summary, thresholds.map(parseThreshold));

  test('is what the plan asks for, errors besides', () => {
    assert.deepEqual(missed(figuresOf(), 'ttft.p95 <= 60 s'), []);
    assert.match(
      missed(figuresOf(), 'ttft.p95 <= 1 ms')[0]!,
      /^ttft\.p95 was \d+ ms, not <= 1\.00 ms$/,
    );
    assert.match(missed(figuresOf({ failed: 1 }), 'ttft.p95 <= 60 s')[0]!, /^error_rate was 10 %/);
    assert.deepEqual(missed(figuresOf({ failed: 1 }), 'error_rate <= 20 %'), []);
  });

  test('counts a figure that is missing only where the plan asks for it', () => {
    const without = { ...figuresOf(), metrics: {}, pooled: {} };
    assert.deepEqual(missed(without), []);
    assert.match(missed(without, 'ttfs.p95 <= 800 ms')[0]!, /^ttfs\.p95 was no value/);
  });

  test('is nothing less than to keep up, to complete sessions, and to get the audio in time', () => {
    const behind = {
      ...figuresOf(),
      flags: { ...figures.flags, keeps_up: { yes: 3, no: 2, missing: {} } },
    };
    const long = 'ttft.p95 <= 60 s';
    assert.deepEqual(missed(behind, long), ['2 of 5 sessions fell behind the audio']);
    const late = { ...figuresOf(), pacingQuality: 'invalid' } as const;
    assert.deepEqual(missed(late, long), ['this computer could not send the audio in time']);
    const none = { ...figuresOf(), sessions: { total: 10, failed: 10 } };
    assert.deepEqual(missed(none, long), ['no session completed']);
  });
});

describe('the saved runs of a series', () => {
  const saved = (holds: number): SeriesRun[] =>
    make(new RunSteps(planned(capacity)), holds).map(({ plan, series }) => {
      const { load, repeats } = plan;
      const failed = load.kind === 'concurrent' && load.sessions > holds ? 5 : 0;
      return { place: series!, plan, summary: figuresOf({ failed, total: 10 * repeats }) };
    });

  test('have one by which they are judged, in whatever order they are found', () => {
    const runs = saved(2);
    assert.equal(decidingRun(runs.toReversed())?.place.step, 1);
  });

  test('have none while some are missing', () => {
    const runs = saved(2);
    for (const step of runs.keys()) assert.equal(decidingRun(runs.toSpliced(step, 1)), null);
    assert.equal(decidingRun([]), null);
  });
});
