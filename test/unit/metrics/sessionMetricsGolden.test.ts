import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { SessionTrace } from '../../../src/trace/sessionTrace.ts';
import { meanOf } from '../../../src/metrics/statistics/distribution.ts';
import { percentile, sortedValues } from '../../../src/metrics/statistics/percentile.ts';
import { sessionMetrics, type SessionMetrics } from '../../../src/metrics/sessionMetrics.ts';
import { sessionTimeline } from '../../../src/metrics/sessionTimeline.ts';
import { textProfile } from '../../../src/metrics/text/textProfiles.ts';
import { partialWerAt, werCurve } from '../../../src/metrics/werOverTime.ts';
import { profileWordErrorRate } from '../../../src/metrics/profileWordErrorRate.ts';
import { delta, done, goldenSession, goldenUtterance, us } from '../../support/goldenSession.ts';

const profile = textProfile('basic@1');

function measure(change: Partial<SessionTrace> = {}): SessionMetrics {
  return sessionMetrics({ ...goldenSession(), ...change }, goldenUtterance, { profile });
}

function assertNear(actual: unknown, expected: number): void {
  assert.ok(typeof actual === 'number', `${String(actual)} is not ${expected}`);
  assert.ok(Math.abs(actual - expected) < 1e-4, `${actual} is not ${expected}`);
}

function number(metrics: SessionMetrics, id: keyof SessionMetrics['values']): number {
  const value = metrics.values[id];
  assert.ok(typeof value === 'number', `${id} is ${String(value)}`);
  return value;
}

function percentileOf(values: number[], fraction: number): number | null {
  return percentile(sortedValues(values), fraction);
}

describe('session S1: the published figures', () => {
  const s1 = measure();

  const expected: [keyof SessionMetrics['values'], number][] = [
    ['start_delay', 0],
    ['connect_time', 60],
    ['ready_time', 90],
    ['session_duration', 1.46],
    ['ttfe', 349.6],
    ['ttft', 429.6],
    ['ttft_connect', 830],
    ['ttft_sched', 830],
    ['ttft_speech', 330],
    ['ttft_commit', -470.9],
    ['itl', 147.5],
    ['output_tokens', 5],
    ['tpot', 203.92],
    ['tokens_per_delta', 1.25],
    ['blank_delta_ratio', 0.2],
    ['max_gap', 370],
    ['delta_burstiness', Math.sqrt(22933.3333333) / 196.6666667],
    ['stall_count', 0],
    ['wel_coverage', 1],
    ['ttfs', 220],
    ['ttfs_first_final', 220],
    ['ttfs_first_partial', 190],
    ['finalize_latency', 149.1],
    ['tail_latency', 150],
    ['audio_to_final', 1049.6],
    ['ttlt', 119.4],
    ['wer_at_0', 1 / 3],
    ['wer_at_200', 0],
    ['wer_at_500', 0],
    ['wer_at_1000', 0],
    ['time_to_final_wer', 190],
    ['stream_final_wer', 0],
    ['normalized_erasure', 0],
    ['normalized_erasure_light', 0],
    ['revision_events', 0],
    ['revision_rate', 0],
    ['stable_prefix_ratio', 1],
    ['edit_overhead', 1],
    ['start_offset', 500],
    ['end_offset', 0],
    ['start_offset_ca', 530],
    ['end_offset_ca', 120],
    ['send_backlog_bytes', 0],
    ['late_deltas', 0],
  ];
  for (const [id, value] of expected) {
    test(`${id} is ${value}`, () => {
      assertNear(s1.values[id], value);
    });
  }

  test('the session ended well, by usage, on time', () => {
    assert.equal(s1.status, 'success');
    assert.equal(s1.failureClass, null);
    assert.equal(s1.values.first_text_in_final, false);
    assert.equal(s1.values.early_final, false);
    assert.equal(s1.values.done_without_text, false);
    assert.equal(s1.values.tokens_source, 'usage');
    assert.equal(s1.values.pacing_quality, 'ok');
    assert.equal(s1.hypothesis, 'hello world again');
    assert.equal(s1.streamedText, 'hello world again');
  });

  test('inter-delta latencies', () => {
    assert.deepEqual(s1.series.idl, [90, 130, 370]);
  });

  test('word emission latencies and their percentiles', () => {
    const { wel } = s1.series;
    assert.deepEqual(wel, [110, 110, 190]);
    assertNear(meanOf(wel), 136.6667);
    assertNear(percentileOf(wel, 0.5), 110);
    assertNear(percentileOf(wel, 0.9), 174);
    assertNear(percentileOf(wel, 0.95), 182);
    assert.deepEqual(s1.series.wsl, wel, 'append-only text is stable once shown');
  });

  test('word emission latencies from the chunk that ends the word', () => {
    assert.deepEqual(s1.series.wel_send, [29.1, 49.8, 119.4]);
  });

  test('cursor lag at the emissions', () => {
    assert.deepEqual(s1.series.cursor_lag, [80, 60, 70]);
  });

  test('send lateness', () => {
    const { send_lateness: lateness } = s1.series;
    assertNear(meanOf(lateness), 0.34);
    assertNear(percentileOf(lateness, 0.95), 0.765);
    assertNear(percentileOf(lateness, 1), 0.9);
  });

  test('the error rate changes 190 ms after speech and not before', () => {
    const against = profileWordErrorRate(profile);
    const curve = werCurve(sessionTimeline(goldenSession(), goldenUtterance), against);
    assert.deepEqual(curve, [
      { fromMs: -500, wer: 1 },
      { fromMs: -400, wer: 2 / 3 },
      { fromMs: -310, wer: 2 / 3 },
      { fromMs: -180, wer: 1 / 3 },
      { fromMs: 190, wer: 0 },
    ]);
  });

  test('the curve begins with what is shown at its first instant', () => {
    const trace = { ...goldenSession(), received: [delta(1430, 'hello world again')] };
    const curve = werCurve(sessionTimeline(trace, goldenUtterance), profileWordErrorRate(profile));
    assert.deepEqual(curve, [{ fromMs: -500, wer: 0 }]);
  });

  test('partial text is scored against the words spoken by then', () => {
    const against = profileWordErrorRate(profile);
    const timeline = sessionTimeline(goldenSession(), goldenUtterance);
    assert.deepEqual(partialWerAt(timeline, against, us(1100)), { missing: 'empty_reference' });
    assert.equal(partialWerAt(timeline, against, us(1500)), 1);
    assert.equal(partialWerAt(timeline, against, us(1530)), 0);
    assert.equal(partialWerAt(timeline, against, us(1650)), 1 / 2);
  });

  test('the figures of other tools follow from ours', () => {
    const audioEndMs = 930;
    assertNear(number(s1, 'audio_to_final') - audioEndMs, 119.6); // Coval: from the first send
    const connectToFirstSend = number(s1, 'ttft_connect') - number(s1, 'ttft');
    assertNear(number(s1, 'tpot') + connectToFirstSend / 5, 284); // GuideLLM: from connect
    assertNear((number(s1, 'audio_to_final') - number(s1, 'ttft')) / 4, 155); // AIPerf's ITL
    const lastSendToCommit = 0.3;
    assertNear(number(s1, 'ttlt') - lastSendToCommit, 119.1);
  });

  test('what one second of audio cannot tell is missing with its reason', () => {
    for (const id of ['lag_slope', 'lag_end_minus_start', 'keeps_up'] as const) {
      assert.equal(s1.values[id], null);
      assert.equal(s1.missing[id], 'too_short');
    }
    for (const id of ['rtf', 'rtfx'] as const) {
      assert.equal(s1.values[id], null);
      assert.equal(s1.missing[id], 'realtime_pacing');
    }
  });
});

describe('degenerate sessions', () => {
  test('no deltas: the final is the first text', () => {
    const metrics = measure({ received: [done(2150, 'hello', null)] });
    assertNear(metrics.values.ttft, 1049.6);
    assert.equal(metrics.values.itl, null);
    assert.equal(metrics.values.max_gap, null);
    assert.deepEqual(metrics.series.idl, []);
    assert.equal(metrics.missing.idl, 'too_few_deltas');
    assert.equal(metrics.values.first_text_in_final, true);
    assert.equal(metrics.status, 'success');
  });

  test('one delta', () => {
    const metrics = measure({ received: [delta(1530, ' hello'), done(2150, 'hello', 1)] });
    assertNear(metrics.values.ttft, 429.6);
    assert.equal(metrics.values.itl, null);
    assert.equal(metrics.missing.itl, 'too_few_deltas');
    assert.deepEqual(metrics.series.idl, []);
  });

  test('blank deltas and a blank final: empty', () => {
    const metrics = measure({ received: [delta(1450, ''), delta(1530, ' '), done(2150, '', 2)] });
    assert.equal(metrics.values.ttft, null);
    assert.equal(metrics.missing.ttft, 'no_text');
    assertNear(metrics.values.ttfe, 349.6);
    assert.equal(metrics.values.done_without_text, true);
    assert.equal(metrics.values.blank_delta_ratio, 1);
    assert.equal(metrics.status, 'empty');
  });

  test('a server error after one delta: partial', () => {
    const metrics = measure({
      received: [delta(1530, ' hello')],
      chunks: goldenSession().chunks.slice(0, 7),
      failure: { atUs: us(1700), reason: 'server_error', code: null, message: 'Out of memory.' },
    });
    assertNear(metrics.values.ttft, 429.6);
    assert.equal(metrics.values.itl, null);
    assert.equal(metrics.status, 'partial');
    assert.equal(metrics.failureClass, 'server_error');
    assert.equal(metrics.missing.ttfs, 'no_final');
    assert.equal(metrics.missing.ttlt, 'audio_incomplete');
  });

  test('a server error before any audio: failed', () => {
    const golden = goldenSession();
    const metrics = measure({
      audio: { ...golden.audio, originUs: null },
      chunks: [],
      controls: [],
      received: [],
      failure: { atUs: us(900), reason: 'server_error', code: null, message: 'No model.' },
    });
    assert.equal(metrics.values.ttft, null);
    assert.equal(metrics.values.itl, null);
    assert.equal(metrics.status, 'failed');
    assert.equal(metrics.failureClass, 'server_error');
  });

  test('cancelled', () => {
    const metrics = measure({
      failure: { atUs: us(1700), reason: 'cancelled', code: null, message: 'Stopped.' },
    });
    assert.equal(metrics.status, 'cancelled');
  });
});
