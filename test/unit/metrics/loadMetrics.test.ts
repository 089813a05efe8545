import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { MeasuredSession } from '../../../src/metrics/measuredSession.ts';
import type { RunOptions } from '../../../src/metrics/runMetrics.ts';
import { summariseRun, type EndpointSummary } from '../../../src/metrics/runSummary.ts';
import { sessionMetrics } from '../../../src/metrics/sessionMetrics.ts';
import { textProfile } from '../../../src/metrics/text/textProfiles.ts';
import { parseThreshold } from '../../../src/plan/threshold.ts';
import type { SessionTrace } from '../../../src/trace/sessionTrace.ts';
import { anUtterance, sessionTrace } from '../../support/arbitraryTrace.ts';
import { done, goldenSession, goldenUtterance, us } from '../../support/goldenSession.ts';

const profile = textProfile('basic@1');

function measured(trace: SessionTrace, utterance = goldenUtterance): MeasuredSession {
  return {
    endpoint: 'one',
    trace,
    utterance,
    metrics: sessionMetrics(trace, utterance, { profile }),
  };
}

function session(change: Partial<SessionTrace> = {}): MeasuredSession {
  return measured({ ...goldenSession(), ...change });
}

function summarise(sessions: MeasuredSession[], options: RunOptions = {}): EndpointSummary {
  const [summary] = summariseRun(sessions, options);
  assert.ok(summary);
  return summary;
}

interface Visit {
  scheduledMs: number;
  startMs: number;
  /** From the start, and from the first chunk, which is sent at once. */
  firstTextMs: number;
  endMs: number;
}

/** A session that sends all its audio as it starts and shows text once. */
function visit({ scheduledMs, startMs, firstTextMs, endMs }: Visit): MeasuredSession {
  const { connection, chunks, audio } = goldenSession();
  const atUs = us(startMs);
  return session({
    scheduledStartUs: us(scheduledMs),
    connection: { ...connection, startUs: atUs, openUs: atUs, readyUs: atUs, closeUs: us(endMs) },
    audio: { ...audio, originUs: atUs, pacing: { ...audio.pacing, mode: 'burst' } },
    chunks: chunks.map((chunk) => ({ ...chunk, dueUs: atUs, sentUs: atUs })),
    controls: [],
    received: [done(startMs + firstTextMs, 'hello', null)],
  });
}

const failure: SessionTrace['failure'] = {
  atUs: us(1700),
  reason: 'server_error',
  code: null,
  message: 'It broke.',
};

describe('coordinated omission: the published figures', () => {
  const services = [100, 100, 3500, 100, 100, 100, 100];
  let freeMs = 0;
  const sessions = services.map((firstTextMs, at) => {
    const startMs = Math.max(at * 1000, freeMs);
    freeMs = startMs + firstTextMs;
    return visit({ scheduledMs: at * 1000, startMs, firstTextMs, endMs: freeMs });
  });
  const { metrics } = summarise(sessions);

  test('from the actual start one stall hides the waiting behind it', () => {
    assert.equal(metrics.ttft.p50.value, 100);
    assert.ok(Math.abs(metrics.ttft.p90.value! - 1460) < 1e-9);
  });

  test('from the scheduled start it does not', () => {
    assert.deepEqual(
      sessions.map((one) => one.metrics.values.ttft_sched),
      [100, 100, 3500, 2600, 1700, 800, 100],
    );
    assert.equal(metrics.ttft_sched.p50.value, 800);
    assert.ok(Math.abs(metrics.ttft_sched.p90.value! - 2960) < 1e-9);
  });

  test('the start delay is what lies between', () => {
    assert.deepEqual(
      sessions.map((one) => one.metrics.values.start_delay),
      [0, 0, 0, 2500, 1600, 700, 0],
    );
  });
});

describe('goodput', () => {
  /** TTFT 429.6 ms; words emitted after 110, 110 and 190 ms; 1.46 s long. */
  const good = session();
  const limited = (sessions: MeasuredSession[], ...limits: string[]) =>
    summarise(sessions, { limits: limits.map(parseThreshold) });

  test('counts sessions whose own value meets a threshold, whatever its statistic', () => {
    const late = session({ received: [done(2150, 'hello world again', 5)] });
    for (const statistic of ['p50', 'p99', 'mean']) {
      const { run } = limited([good, late], `ttft.${statistic}<=430`);
      assert.equal(run.goodput_ratio, 0.5);
      assert.equal(run.goodput, 1 / 1.46);
    }
    assert.equal(limited([good, late], 'ttft.p50>=500').run.goodput_ratio, 0.5);
  });

  test('takes the statistic of a session’s own observations', () => {
    const share = (limit: string) => limited([good], limit).run.goodput_ratio;
    assert.equal(share('wel.p50<=110'), 1);
    assert.equal(share('wel.p95<=183'), 1);
    assert.equal(share('wel.p95<=181'), 0);
    assert.equal(share('wel.max<=189'), 0);
    assert.equal(share('wel.mean<=136'), 0);
  });

  test('every threshold must be met; flags are 1 or 0', () => {
    assert.equal(limited([good], 'ttft.p95<=430', 'wel.p95<=181').run.goodput_ratio, 0);
    assert.equal(limited([good], 'ttft.p95<=430', 'early_final<=0').run.goodput_ratio, 1);
    assert.equal(limited([good], 'early_final>=0.5').run.goodput_ratio, 0);
  });

  test('a missing figure fails, and so does one that was measured badly', () => {
    const silent = session({ received: [done(2150, '', null)] });
    assert.equal(limited([good, silent], 'ttft.p95<=9999').run.goodput_ratio, 0.5);
    const chunks = goldenSession().chunks.map((chunk) => ({
      ...chunk,
      sentUs: chunk.dueUs + us(60),
    }));
    const late = session({ chunks });
    assert.equal(limited([good, late], 'ttfs.p95<=9999').run.goodput_ratio, 0.5);
    assert.equal(limited([good, late], 'ttft.p95<=9999').run.goodput_ratio, 1);
  });

  test('what failed or broke off is not good; what was cancelled does not count', () => {
    const broken = session({ failure });
    const failed = session({ failure, received: [] });
    const cancelled = session({ failure: { ...failure, reason: 'cancelled' } });
    const { run } = limited([good, broken, failed, cancelled], 'ttft.p95<=430');
    assert.equal(run.goodput_ratio, 1 / 3);
    assert.equal(run.goodput, 1 / 1.46);
    assert.equal(limited([cancelled], 'ttft.p95<=430').runMissing.goodput_ratio, 'no_sessions');
  });

  test('thresholds on the run and on its texts are left out', () => {
    assert.equal(
      limited([good], 'error_rate<=-1', 'wer<=-1', 'ttft.p95<=430').run.goodput_ratio,
      1,
    );
    for (const limits of [[], ['wer<=0.1', 'goodput_ratio>=0.9']]) {
      const { run, runMissing } = limited([good], ...limits);
      assert.deepEqual([run.goodput, run.goodput_ratio], [null, null]);
      assert.equal(runMissing.goodput, 'no_thresholds');
      assert.equal(runMissing.goodput_ratio, 'no_thresholds');
    }
  });

  test('is per second of the window, of what ended in it', () => {
    const sessions = [1000, 2000, 9000].map((endMs) =>
      visit({ scheduledMs: 0, startMs: 0, firstTextMs: 100, endMs }),
    );
    const limits = [parseThreshold('ttft.p95<=100')];
    const { run } = summarise(sessions, { limits, window: { startUs: 0, endUs: us(4000) } });
    assert.equal(run.goodput, 0.5);
    assert.equal(run.goodput_ratio, 1);
  });
});

describe('saturation', () => {
  /** One session a second; each takes this much longer than the one before. */
  const arriving = (
    count: number,
    growthMs: number,
    ttftMs = (at: number) => 300 + at * growthMs,
  ) =>
    Array.from({ length: count }, (_, at) => {
      const startMs = at * 1000;
      const firstTextMs = ttftMs(at) + (at % 3);
      return visit({
        scheduledMs: startMs,
        startMs,
        firstTextMs,
        endMs: startMs + 900 + at * growthMs,
      });
    });

  test('a queue that grows together with the time to first text', () => {
    assert.equal(summarise(arriving(20, 700)).run.saturation, true);
  });

  test('neither of them alone', () => {
    assert.equal(summarise(arriving(20, 0)).run.saturation, false);
    assert.equal(summarise(arriving(20, 700, () => 300)).run.saturation, false, 'only the queue');
    const slower = arriving(20, 0, (at) => 300 + at * 20);
    assert.equal(summarise(slower).run.saturation, false, 'only the time to first text');
  });

  test('needs ten completed sessions with text', () => {
    const sessions = arriving(10, 700);
    assert.equal(summarise(sessions).run.saturation, true);
    assert.equal(summarise(sessions.slice(1)).runMissing.saturation, 'too_few_sessions');
    const [first, ...rest] = sessions;
    const broken = measured({ ...first!.trace, failure });
    assert.equal(summarise([broken, ...rest]).runMissing.saturation, 'too_few_sessions');
  });

  test('sessions that all start at once tell nothing', () => {
    const together = Array.from({ length: 12 }, (_, at) =>
      visit({ scheduledMs: 0, startMs: 0, firstTextMs: 300 + at, endMs: 2000 + at }),
    );
    assert.equal(summarise(together).runMissing.saturation, 'undefined_ratio');
  });
});

describe('Little’s law', () => {
  const lived = (startMs: number, endMs: number) =>
    visit({ scheduledMs: startMs, startMs, firstTextMs: 100, endMs });
  const published = [lived(0, 10), lived(2, 8), lived(5, 15), lived(12, 20)];

  test('holds for the published intervals', () => {
    const { run } = summarise(published);
    assert.equal(run.concurrency_mean, 1.7);
    assert.equal(run.concurrency_max, 3);
    assert.equal(run.concurrency_little, 1.7);
  });

  test('shows that the load of a window is not steady', () => {
    const { run } = summarise(published, { window: { startUs: us(4), endUs: us(14) } });
    assert.equal(run.concurrency_mean, (6 + 4 + 9 + 2) / 10);
    assert.equal(run.concurrency_little, (2 / 10) * ((10 + 8) / 2));
  });
});

describe('load metrics of any run', () => {
  const anySession = fc
    .tuple(sessionTrace, anUtterance)
    .map(([trace, utterance]) => measured(trace, utterance));
  const limit = fc.constantFrom(
    'ttft.p95<=800',
    'wel.p95<=900',
    'late_deltas.p50<=2',
    'idl.max>=1',
  );

  test('goodput is part of the throughput, its ratio a share, Little’s law exact', () => {
    const run = fc.tuple(
      fc.array(anySession, { minLength: 1, maxLength: 8 }),
      fc.array(limit, { minLength: 1, maxLength: 3 }),
    );
    fc.assert(
      fc.property(run, ([sessions, limits]) => {
        const summary = summarise(sessions, { limits: limits.map(parseThreshold) });
        const { goodput, goodput_ratio: share, sessions_per_s: all } = summary.run;
        if (goodput !== null) assert.ok(Number(goodput) <= Number(all));
        if (share !== null) assert.ok(Number(share) >= 0 && Number(share) <= 1);
        const { concurrency_mean: mean, concurrency_little: little } = summary.run;
        if (mean !== null) assert.ok(Math.abs(Number(mean) - Number(little)) < 1e-9);
      }),
      { numRuns: 100 },
    );
  });

  test('one more threshold never makes more sessions good', () => {
    const run = fc.tuple(fc.array(anySession, { minLength: 1, maxLength: 8 }), limit, limit);
    fc.assert(
      fc.property(run, ([sessions, one, more]) => {
        const share = (...limits: string[]) =>
          Number(summarise(sessions, { limits: limits.map(parseThreshold) }).run.goodput_ratio);
        assert.ok(share(one, more) <= share(one));
      }),
      { numRuns: 60 },
    );
  });
});
