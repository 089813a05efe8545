import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { FailureReason, SessionFailure } from '../../../src/trace/sessionFailure.ts';
import type { SessionTrace } from '../../../src/trace/sessionTrace.ts';
import type { MeasuredSession } from '../../../src/metrics/measuredSession.ts';
import { summariseRun, type EndpointSummary } from '../../../src/metrics/runSummary.ts';
import { sessionMetrics } from '../../../src/metrics/sessionMetrics.ts';
import { textProfile } from '../../../src/metrics/text/textProfiles.ts';
import { anUtterance, sessionTrace } from '../../support/arbitraryTrace.ts';
import { unwritableNumbers } from '../../support/finiteNumbers.ts';
import { delta, done, goldenSession, goldenUtterance, us } from '../../support/goldenSession.ts';

const profile = textProfile('basic@1');

function session(
  change: Partial<SessionTrace> = {},
  { endpoint = 'one', utterance = goldenUtterance } = {},
): MeasuredSession {
  const trace = { ...goldenSession(), ...change };
  return { endpoint, trace, utterance, metrics: sessionMetrics(trace, utterance, { profile }) };
}

function failure(reason: FailureReason): SessionFailure {
  return { atUs: us(5000), reason, code: null, message: 'It broke.' };
}

/** A session whose first text comes `ttftMs` after the first audio, and its final with it. */
function withTtft(ttftMs: number): MeasuredSession {
  const atMs = 1100.4 + ttftMs;
  return session({ received: [delta(atMs, 'hello'), done(atMs, 'hello', null)] });
}

function summarise(...sessions: MeasuredSession[]): EndpointSummary {
  const [summary] = summariseRun(sessions);
  assert.ok(summary);
  return summary;
}

describe('run summary', () => {
  test('has one part per endpoint, in order of appearance', () => {
    const summaries = summariseRun([
      session({}, { endpoint: 'b' }),
      session({}, { endpoint: 'a' }),
      session({}, { endpoint: 'b' }),
    ]);
    assert.deepEqual(
      summaries.map((summary) => [summary.endpoint, summary.sessions.total]),
      [
        ['b', 2],
        ['a', 1],
      ],
    );
    assert.deepEqual(summariseRun([]), []);
  });

  test('times of sessions that timed out are missing, and infinite in the censored p95', () => {
    const texts = [310, 320, 330, 340, 350, 360, 370, 380].map(withTtft);
    const silent = { received: [], failure: failure('idle_timeout') };
    const { metrics, sessions } = summarise(...texts, session(silent), session(silent));
    assert.equal(sessions.failed, 2);
    assert.equal(metrics.ttft.n, 8);
    assert.equal(metrics.ttft.p50.value, 345);
    assert.equal(metrics.ttft.mean, 345);
    assert.ok(Math.abs(metrics.ttft.p95.value! - 376.5) < 1e-9);
    assert.equal(metrics.ttft.p95Censored, 'inf');
    assert.equal(metrics.ttft.censored, 2);
    assert.equal(metrics.normalized_erasure.censored, 0, 'a ratio does not become infinite');
    assert.equal(metrics.rtf.censored, 0, 'nobody waited for it');
  });

  test('a session that ended without text has no time, counted with its reason', () => {
    const { metrics, sessions, errorRate } = summarise(
      withTtft(300),
      session({ received: [done(2150, '', null)] }),
    );
    assert.equal(sessions.empty, 1);
    assert.equal(errorRate.count, 0, 'empty is a success for reliability');
    assert.equal(metrics.ttft.n, 1);
    assert.deepEqual(metrics.ttft.missing, { no_text: 1 });
    assert.equal(metrics.ttft.p95Censored, metrics.ttft.p95.value);
  });

  test('broken-off sessions are a group of their own', () => {
    const broken = session({ received: [delta(1530, 'hello')], failure: failure('closed_early') });
    const { metrics, partial, partialRate } = summarise(withTtft(300), broken);
    assert.equal(metrics.ttft.n, 1);
    assert.equal(metrics.ttft.max, 300);
    assert.equal(partial.ttft?.max, 429.6);
    assert.equal(partial.ttfs, undefined);
    assert.equal(partialRate.value, 0.5);
  });

  test('cancelled sessions count nowhere but in their own number', () => {
    const { sessions, errorRate, failures, metrics } = summarise(
      withTtft(300),
      session({ failure: failure('cancelled') }),
    );
    assert.equal(sessions.cancelled, 1);
    assert.deepEqual([errorRate.count, errorRate.total], [0, 1]);
    assert.deepEqual(failures, []);
    assert.equal(metrics.ttft.n, 1);
  });

  test('failures are counted by class and reason, most frequent first', () => {
    const failed = (reason: FailureReason) => session({ received: [], failure: failure(reason) });
    const { failures, errorRate, run } = summarise(
      failed('refused'),
      failed('server_error'),
      failed('server_error'),
      session(),
    );
    assert.deepEqual(failures, [
      { class: 'server_error', reason: 'server_error', count: 2 },
      { class: 'connect', reason: 'refused', count: 1 },
    ]);
    assert.equal(errorRate.value, 0.75);
    assert.equal(run.error_rate, 0.75);
    assert.ok(errorRate.low! > 0.3 && errorRate.high! < 0.96);
  });

  test('late sending spoils what counts from the audio, and only that', () => {
    const { chunks } = goldenSession();
    const late = session({
      chunks: chunks.map((chunk) => ({ ...chunk, sentUs: chunk.dueUs + us(60) })),
    });
    const { metrics, pooled, flags, labels, pacingQuality } = summarise(late, session());
    for (const id of ['ttft_speech', 'ttfs', 'tail_latency', 'wer_at_0'] as const) {
      assert.equal(metrics[id].n, 1, id);
      assert.deepEqual(metrics[id].missing, { pacing_invalid: 1 }, id);
    }
    assert.equal(metrics.ttft.n, 2);
    assert.equal(pooled.wel.pooled.n, 3);
    assert.equal(pooled.wel_send.pooled.n, 6);
    assert.deepEqual(flags.early_final.missing, { pacing_invalid: 1 });
    assert.deepEqual(labels.pacing_quality.counts, { invalid: 1, ok: 1 });
    assert.equal(pacingQuality, 'invalid');
  });

  test('pooled metrics take every observation, and the p95 of each session', () => {
    const long = session({
      received: [delta(1500, 'a'), delta(1600, ' b'), delta(1700, ' c'), delta(1800, ' d')],
    });
    const short = session({ received: [delta(1500, 'a'), delta(1900, ' b')] });
    const { idl } = summarise(long, short).pooled;
    assert.equal(idl.pooled.n, 4);
    assert.equal(idl.pooled.p50.value, 100);
    assert.equal(idl.sessionP95.n, 2);
    assert.equal(idl.sessionP95.p50.value, 250);
  });
});

describe('metrics of a run', () => {
  const lived = (startMs: number, endMs: number) => {
    const { connection } = goldenSession();
    return session({ connection: { ...connection, startUs: us(startMs), closeUs: us(endMs) } });
  };

  test('throughput and concurrency over the life of the sessions', () => {
    const { run } = summarise(lived(0, 2000), lived(1000, 4000));
    assert.equal(run.audio_throughput, 0.5);
    assert.equal(run.sessions_per_s, 0.5);
    assert.equal(run.concurrency_mean, 5 / 4);
    assert.equal(run.concurrency_max, 2);
  });

  test('throughput and concurrency within a window', () => {
    const window = { startUs: us(0), endUs: us(2000) };
    const [summary] = summariseRun([lived(0, 2000), lived(1000, 4000)], { window });
    assert.equal(summary?.run.sessions_per_s, 0.5);
    assert.equal(summary.run.concurrency_mean, 1.5);
  });

  test('the speed of the corpus is the ratio of sums, in burst pacing only', () => {
    const { audio } = goldenSession();
    const burst = (doneMs: number) =>
      session({
        audio: { ...audio, pacing: { ...audio.pacing, mode: 'burst' } },
        received: [done(doneMs, 'hello', null)],
      });
    const { run } = summarise(burst(1200.4), burst(1400.4));
    assert.equal(run.rtfx_corpus, 2000 / 400);
    assert.equal(summarise(session()).runMissing.rtfx_corpus, 'realtime_pacing');
  });

  test('inter-token latency weighted by tokens', () => {
    const quick = session({
      received: [delta(1500, 'a'), delta(1600, 'b'), done(2150, 'ab', 11)],
    });
    const slow = session({ received: [delta(1500, 'a'), delta(1600, 'b'), done(2150, 'ab', 2)] });
    const { run, metrics } = summarise(quick, slow);
    assert.equal(metrics.itl.mean, 55);
    assert.equal(run.itl_token_weighted, 200 / 11);
  });

  test('a client stall that was measured is passed on', () => {
    const [summary] = summariseRun([session()], { clientStallMs: 1.5 });
    assert.equal(summary?.run.client_stall_ms, 1.5);
    assert.equal(summarise(session()).runMissing.client_stall_ms, 'not_measured');
  });

  test('ten clips on a timer are found', () => {
    const sessions = Array.from({ length: 10 }, (_, index) =>
      session(
        {},
        {
          utterance: {
            ...goldenUtterance,
            id: `clip${index}`,
            words: [{ text: 'hello', startMs: index * 40, endMs: 420 }],
          },
        },
      ),
    );
    assert.equal(summarise(...sessions).run.cadence_limited, true);
    assert.equal(summarise(session()).runMissing.cadence_limited, 'not_enough_clips');
  });
});

describe('summary of any run', () => {
  const anySession = fc
    .tuple(sessionTrace, anUtterance, fc.constantFrom('one', 'two'))
    .map(([trace, utterance, endpoint]) => session(trace, { endpoint, utterance }));

  test('never throws, holds nothing that JSON cannot, and loses no session', () => {
    fc.assert(
      fc.property(fc.array(anySession, { maxLength: 8 }), (sessions) => {
        const summaries = summariseRun(sessions);
        assert.deepEqual(unwritableNumbers(summaries), []);
        for (const { sessions: counts, metrics, run, runMissing } of summaries) {
          const { total, success, empty, partial, failed, cancelled } = counts;
          assert.equal(success + empty + partial + failed + cancelled, total);
          for (const [id, { n, missing }] of Object.entries(metrics)) {
            const absent = Object.values(missing).reduce((sum, count) => sum + count, 0);
            assert.equal(n + absent, success + empty, id);
          }
          for (const [id, value] of Object.entries(run)) {
            assert.equal(value === null, id in runMissing, id);
          }
        }
        const total = summaries.reduce((sum, summary) => sum + summary.sessions.total, 0);
        assert.equal(total, sessions.length);
      }),
      { numRuns: 60 },
    );
  });
});
