import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { ReceivedMessage, SessionTrace } from '../../../src/trace/sessionTrace.ts';
import type { TimedWord } from '../../../src/trace/transcriptEvent.ts';
import {
  flagMetricIds,
  labelMetricIds,
  numberMetricIds,
  seriesMetricIds,
} from '../../../src/metrics/registry/metricRegistry.ts';
import { sessionMetrics, type SessionMetrics } from '../../../src/metrics/sessionMetrics.ts';
import { textProfile } from '../../../src/metrics/text/textProfiles.ts';
import { anUtterance, sessionTrace } from '../../support/arbitraryTrace.ts';
import { unwritableNumbers } from '../../support/finiteNumbers.ts';
import {
  delta,
  done,
  final,
  goldenSession,
  goldenUtterance,
  message,
  snapshot,
  us,
} from '../../support/goldenSession.ts';

const profile = textProfile('basic@1');

function measure(change: Partial<SessionTrace>, utterance = goldenUtterance): SessionMetrics {
  return sessionMetrics({ ...goldenSession(), ...change }, utterance, { profile });
}

function receive(...received: ReceivedMessage[]): SessionMetrics {
  return measure({ received });
}

describe('metrics of any session', () => {
  test('never throw, are all there, finite, and null exactly where a reason says why', () => {
    fc.assert(
      fc.property(sessionTrace, anUtterance, (trace, utterance) => {
        const metrics = sessionMetrics(trace, utterance, { profile });
        assert.deepEqual(unwritableNumbers(metrics), []);
        for (const id of [...numberMetricIds, ...flagMetricIds, ...labelMetricIds]) {
          assert.equal(metrics.values[id] === null, id in metrics.missing, id);
        }
        for (const id of seriesMetricIds) {
          if (id in metrics.missing) assert.deepEqual(metrics.series[id], [], id);
          else if (id !== 'wel_send') assert.ok(metrics.series[id].length > 0, id);
        }
        const ids = [...numberMetricIds, ...flagMetricIds, ...labelMetricIds];
        assert.deepEqual(Object.keys(metrics.values).toSorted(), ids.toSorted());
        assert.deepEqual(Object.keys(metrics.series).toSorted(), [...seriesMetricIds].toSorted());
      }),
      { numRuns: 400 },
    );
  });

  test('numbers, flags and labels are what their tables say', () => {
    fc.assert(
      fc.property(sessionTrace, anUtterance, (trace, utterance) => {
        const { values } = sessionMetrics(trace, utterance, { profile });
        const wrong = [
          ...numberMetricIds.filter((id) => !['number', 'object'].includes(typeof values[id])),
          ...flagMetricIds.filter((id) => !['boolean', 'object'].includes(typeof values[id])),
          ...labelMetricIds.filter((id) => !['string', 'object'].includes(typeof values[id])),
        ];
        assert.deepEqual(wrong, []);
      }),
      { numRuns: 50 },
    );
  });

  test('do not depend on when the run began', () => {
    const shifted = fc.tuple(sessionTrace, anUtterance, fc.nat(10_000_000));
    fc.assert(
      fc.property(shifted, ([trace, utterance, byUs]) => {
        const metrics = sessionMetrics(trace, utterance, { profile });
        assert.deepEqual(sessionMetrics(shift(trace, byUs), utterance, { profile }), metrics);
      }),
      { numRuns: 50 },
    );
  });
});

/** The same session, `byUs` later. Null instants stay null. */
function shift(trace: SessionTrace, byUs: number): SessionTrace {
  const text = JSON.stringify(trace, (key, value: unknown) =>
    key.endsWith('Us') && typeof value === 'number' ? value + byUs : value,
  );
  return JSON.parse(text) as SessionTrace;
}

test('a connection that was taken over has no times of opening, and changes nothing else', () => {
  const golden = goldenSession();
  const own = measure({});
  const taken = measure({ connection: { ...golden.connection, reused: true } });
  const ids = ['connect_time', 'ready_time', 'session_duration', 'ttft_connect'] as const;
  const reasons = ids.map((id) => [id, 'connection_reused'] as const);
  assert.ok(ids.every((id) => own.values[id] !== null));
  assert.deepEqual(taken, {
    ...own,
    values: { ...own.values, ...Object.fromEntries(ids.map((id) => [id, null])) },
    missing: { ...own.missing, ...Object.fromEntries(reasons) },
  });
});

describe('first text', () => {
  test('a start commit is what generation counts from', () => {
    const controls = [
      { sentUs: us(1050), commit: 'start', raw: '{}' },
      { sentUs: us(2000.9), commit: 'final', raw: '{}' },
    ] as const;
    assert.equal(measure({ controls: [...controls] }).values.ttft_commit, 480);
  });

  test('no commit, no time from commit', () => {
    assert.equal(measure({ controls: [] }).missing.ttft_commit, 'no_commit');
    assert.equal(measure({ controls: [] }).missing.finalize_latency, 'no_commit');
  });

  test('without word times nothing is counted from speech', () => {
    const metrics = measure({}, { ...goldenUtterance, words: null });
    for (const id of ['ttft_speech', 'ttfs', 'stall_count', 'wer_at_0', 'lag_slope'] as const) {
      assert.equal(metrics.missing[id], 'no_word_times', id);
    }
    assert.equal(metrics.missing.wel, 'no_word_times');
    assert.equal(metrics.values.ttft, 429.6);
  });

  test('a message with a delta and its final shows the delta first', () => {
    const both = message(
      1500,
      { type: 'text', mode: 'append', unit: '', text: 'hello' },
      { type: 'final', unit: '', text: 'hello' },
    );
    assert.equal(receive(both).values.first_text_in_final, false);
  });
});

describe('cadence', () => {
  test('tokens of the first delta are taken off where they are known', () => {
    const tokens = (atMs: number, text: string, count: number) =>
      message(atMs, { type: 'text', mode: 'append', unit: '', text, tokens: count });
    const metrics = receive(
      tokens(1500, 'one two', 2),
      tokens(1600, ' three', 1),
      tokens(1900, ' four five six', 3),
    );
    assert.equal(metrics.values.tokens_source, 'delta_tokens');
    assert.equal(metrics.values.output_tokens, 6);
    assert.equal(metrics.values.itl, 100);
  });

  test('a usage of zero is no count: the deltas are counted', () => {
    const metrics = receive(delta(1500, 'one'), delta(1700, ' two'), done(2150, 'one two', 0));
    assert.equal(metrics.values.tokens_source, 'delta_count');
    assert.equal(metrics.values.output_tokens, 2);
    assert.equal(metrics.values.itl, 200);
  });

  test('a gap is a stall by the part of it that lies within the speech', () => {
    const words = [{ text: 'hello', startMs: 0, endMs: 3000 }];
    const stalls = (firstMs: number, secondMs: number) =>
      measure(
        { received: [delta(firstMs, 'hello'), delta(secondMs, ' world')] },
        { ...goldenUtterance, words },
      ).values.stall_count;
    assert.equal(stalls(1100, 2200), 1);
    assert.equal(stalls(1100, 2100), 0, 'one second is not more than one second');
    assert.equal(stalls(2500, 9000), 1, '1.5 s of the gap before the end of speech');
    assert.equal(stalls(3500, 9000), 0, 'only 0.5 s of it');
    assert.equal(stalls(4500, 9000), 0, 'after the speech');
  });

  test('a message with any text is not a blank delta', () => {
    const metrics = receive(
      message(
        1500,
        { type: 'text', mode: 'append', unit: 'a', text: ' ' },
        { type: 'text', mode: 'append', unit: 'b', text: 'hello' },
      ),
    );
    assert.equal(metrics.values.blank_delta_ratio, 0);
  });

  test('deltas after the final are counted and left out', () => {
    const metrics = receive(
      delta(1500, 'hello'),
      delta(1600, ' world'),
      final(2100, 'hello world'),
      delta(2200, ' and more'),
    );
    assert.equal(metrics.values.late_deltas, 1);
    assert.equal(metrics.hypothesis, 'hello world');
    assert.deepEqual(metrics.series.idl, [100]);
    assert.equal(metrics.values.ttlt, -400.6);
  });
});

describe('finalisation', () => {
  test('a final before the end of speech is early; the last one counts', () => {
    const metrics = receive(
      final(1700, 'hello', 'first'),
      delta(1800, 'world', 'second'),
      final(2300, 'world again', 'second'),
    );
    assert.equal(metrics.values.early_final, true);
    assert.equal(metrics.values.ttfs, 370);
    assert.equal(metrics.hypothesis, 'hello world again');
  });

  test('a blank final of a unit without text neither changes nor confirms anything', () => {
    const metrics = receive(final(2150, 'hello world again', 'first'), final(2900, '', 'second'));
    assert.equal(metrics.values.ttfs, 220);
    assert.equal(metrics.values.tail_latency, 900);
  });

  test('a blank final keeps what the deltas said and confirms it', () => {
    const metrics = receive(delta(1500, ' hello'), final(2150, ' '));
    assert.equal(metrics.hypothesis, 'hello');
    assert.equal(metrics.values.ttfs, 220);
    assert.equal(metrics.values.done_without_text, true);
    assert.equal(metrics.status, 'success');
  });

  test('finals only before the end of speech leave no final after it', () => {
    const metrics = receive(final(1900, 'hello world again'));
    assert.equal(metrics.missing.ttfs_first_final, 'no_final_after_speech');
    assert.equal(metrics.missing.ttfs_first_partial, 'no_text_after_speech');
    assert.equal(metrics.values.ttfs, -30, 'negative values are kept');
  });

  test('a protocol without finals is done when it says so', () => {
    const metrics = receive(delta(1500, 'hello'), message(2200, { type: 'done' }));
    assert.equal(metrics.values.tail_latency, 200);
    assert.equal(metrics.missing.ttfs, 'no_final');
    assert.equal(metrics.missing.done_without_text, 'no_final');
  });

  test('streamed text that differs from the final is scored against it', () => {
    const metrics = receive(delta(1500, 'hello'), delta(1600, 'world'), final(2150, 'hello world'));
    assert.equal(metrics.streamedText, 'helloworld');
    assert.equal(metrics.values.stream_final_wer, 1);
  });

  test('there is no tail while audio was still to be sent', () => {
    const { chunks } = goldenSession();
    const metrics = measure({ chunks: chunks.slice(0, 9) });
    assert.equal(metrics.missing.tail_latency, 'audio_incomplete');
    assert.equal(metrics.missing.ttlt, 'audio_incomplete');
    assert.equal(metrics.values.ttfs, 220);
  });

  test('text that arrives just when the curve begins was there from its beginning', () => {
    const metrics = receive(delta(1430, 'hello world again'));
    assert.equal(metrics.values.time_to_final_wer, -500);
    const later = receive(delta(1430.001, 'hello world again'));
    assert.equal(later.values.time_to_final_wer, -499.999);
  });

  test('text that is right by -500 ms says so', () => {
    const words = [{ text: 'hello', startMs: 0, endMs: 3000 }];
    const utterance = { ...goldenUtterance, reference: 'hello', words };
    const metrics = measure({ received: [delta(1500, 'hello')] }, utterance);
    assert.equal(metrics.values.time_to_final_wer, -500);
  });
});

describe('words', () => {
  test('a revised word is first shown, then stable', () => {
    const metrics = receive(
      snapshot(1450, 'hello'),
      snapshot(1700, 'hello world'),
      snapshot(1800, 'hello word'),
      snapshot(2000, 'Hello, world again'),
      final(2150, 'Hello, world again.'),
    );
    assert.deepEqual(metrics.series.wel, [30, 60, 70]);
    assert.deepEqual(metrics.series.wsl, [30, 360, 70]);
  });

  test('a word that the reference does not have delays nothing but itself', () => {
    const metrics = receive(delta(1450, 'hello'), delta(1700, ' cruel'), delta(1800, ' world'));
    assert.deepEqual(metrics.series.wel, [30, 160]);
    assert.equal(metrics.values.wel_coverage, 2 / 3);
  });

  test('a reference word of several characters of an unspaced script waits for the last', () => {
    const words = [{ text: '你好', startMs: 0, endMs: 400 }];
    const utterance = { ...goldenUtterance, reference: '你好', words };
    const metrics = measure({ received: [delta(1450, '你'), delta(1500, '好')] }, utterance);
    assert.deepEqual(metrics.series.wel, [100]);
    assert.equal(metrics.values.wel_coverage, 1);
    const half = measure({ received: [delta(1450, '你')] }, utterance);
    assert.equal(half.missing.wel, 'no_matched_words');
  });

  test('the cursor stays at the last word shown when an earlier one is corrected', () => {
    const metrics = receive(snapshot(1450, 'helo world'), snapshot(1700, 'hello world'));
    assert.deepEqual(metrics.series.cursor_lag, [400 - 640, 600 - 640]);
  });

  test('nothing recognised is no coverage and no latency', () => {
    const metrics = receive(delta(1450, 'other'), delta(1700, ' words'));
    assert.equal(metrics.values.wel_coverage, 0);
    assert.equal(metrics.missing.wel, 'no_matched_words');
  });
});

describe('pacing', () => {
  const { chunks, audio } = goldenSession();
  const late = (byMs: number) =>
    measure({ chunks: chunks.map((chunk) => ({ ...chunk, sentUs: chunk.dueUs + us(byMs) })) });

  test('quality goes by the chunk length', () => {
    assert.equal(late(10).values.pacing_quality, 'ok');
    assert.equal(late(11).values.pacing_quality, 'degraded');
    assert.equal(late(50).values.pacing_quality, 'degraded');
    assert.equal(late(51).values.pacing_quality, 'invalid');
  });

  test('a chunk is shorter at double speed, and its lateness counts for more', () => {
    const shortChunks = chunks.map((chunk) => ({ ...chunk, sentUs: chunk.dueUs + us(8) }));
    const pacing = { ...audio.pacing, speed: 2 };
    const metrics = measure({ chunks: shortChunks, audio: { ...audio, pacing } });
    assert.equal(metrics.values.pacing_quality, 'degraded');
  });

  test('burst has speed and no audio clock', () => {
    const metrics = measure({ audio: { ...audio, pacing: { ...audio.pacing, mode: 'burst' } } });
    assert.equal(metrics.values.rtf, 1049.6 / 1000);
    assert.equal(metrics.values.rtfx, 1000 / 1049.6);
    for (const id of ['ttft_speech', 'ttfs', 'tail_latency', 'wer_at_0', 'laal'] as const) {
      assert.equal(metrics.missing[id], 'burst_pacing', id);
    }
    assert.equal(metrics.missing.wel, 'burst_pacing');
    assert.equal(metrics.missing.pacing_quality, 'burst_pacing');
  });

  test('at double speed the audio clock runs twice as fast', () => {
    const metrics = measure({ audio: { ...audio, pacing: { ...audio.pacing, speed: 2 } } });
    assert.equal(metrics.values.ttft_speech, 430);
    assert.equal(metrics.values.tail_latency, 650);
  });
});

describe('keeping up', () => {
  const wordCount = 40;
  const words: TimedWord[] = Array.from({ length: wordCount }, (_, index) => ({
    text: `word${index}`,
    startMs: index * 1000,
    endMs: index * 1000 + 400,
  }));
  const utterance = { ...goldenUtterance, words, reference: words.map((w) => w.text).join(' ') };
  const totalSamples = wordCount * 16_000;
  const { audio, chunks } = goldenSession();

  /** Every word is shown 200 ms after it was spoken, and `driftMs` later from word to word. */
  const session = (driftMs: number) =>
    measure(
      {
        audio: { ...audio, totalSamples },
        chunks: [...chunks, { ...chunks[9]!, startSample: 16_000, endSample: totalSamples }],
        received: [
          ...words.map((word, index) =>
            delta(1000 + word.endMs + 200 + index * driftMs, ` ${word.text}`),
          ),
          done(1000 + wordCount * 1000 + 250, utterance.reference, null),
        ],
      },
      utterance,
    );

  test('a constant lag keeps up', () => {
    const { values } = session(0);
    assert.equal(values.lag_slope, 0);
    assert.equal(values.lag_end_minus_start, 0);
    assert.equal(values.keeps_up, true);
  });

  test('a lag that grows by 6 ms per second falls behind', () => {
    const { values } = session(6);
    assert.ok(Math.abs((values.lag_slope as number) - 6) < 1e-9);
    assert.equal(values.lag_end_minus_start, 6 * 32);
    assert.equal(values.keeps_up, false);
  });
});

describe('large sessions', () => {
  test('50,000 deltas are measured in linear time', () => {
    const count = 50_000;
    const words: TimedWord[] = Array.from({ length: count }, (_, index) => ({
      text: `w${index % 977}`,
      startMs: index * 80,
      endMs: index * 80 + 70,
    }));
    const text = words.map((word) => word.text).join(' ');
    const utterance = { ...goldenUtterance, words, reference: text };
    const received = words.map((word, index) => delta(1000 + index * 80, ` ${word.text}`));
    received.push(done(1000 + count * 80, text, count));
    const before = process.cpuUsage();
    const metrics = measure({ received }, utterance);
    const used = process.cpuUsage(before);
    assert.equal(metrics.series.wel.length, count);
    // About half a second; what is quadratic in the deltas takes minutes.
    const usedMs = (used.user + used.system) / 1000;
    assert.ok(usedMs < 4000, `took ${usedMs.toFixed(0)} ms of processor time`);
  });
});
