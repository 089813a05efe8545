import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sglangRealtime } from '../../../src/dialects/protocols/sglangRealtime.ts';
import { replayTranscript } from '../../../src/metrics/transcriptReplay.ts';
import {
  assertTraceHolds,
  describeDialect,
  runAgainst,
} from '../../support/dialects/describeDialect.ts';
import type { DescribedDialect } from '../../support/dialects/describeDialect.ts';
import { startDialectServer } from '../../support/dialects/dialectServer.ts';
import { sglangRealtimeServerThat } from '../../support/dialects/sglangRealtimeServer.ts';
import { testAudio } from '../../support/testSession.ts';
import type { SglangRealtimeManner } from '../../support/dialects/sglangRealtimeServer.ts';

const text = 'the quick brown fox';

function described(manner: Partial<SglangRealtimeManner> = {}): DescribedDialect {
  return {
    dialect: sglangRealtime,
    start: (script) => startDialectServer(sglangRealtimeServerThat(manner), script),
    model: 'qwen3-asr',
    hasKey: true,
  };
}

describeDialect(described());

describe('SGLang realtime', { concurrency: 4 }, () => {
  test('gets no audio before it has taken the configuration, at any of its rates', async () => {
    for (const rate of [16_000, 24_000, 48_000]) {
      const { trace, server, audio } = await runAgainst({ ...described(), options: { rate } });
      assert.equal(trace.failure, null);
      assert.deepEqual(server.violations, []);
      assert.equal(audio.sampleRateHz, rate);
      assert.equal(server.pcm().length, audio.samples.length * 2);
      const { openUs, readyUs } = trace.connection;
      assert.ok(readyUs! - openUs! >= 15_000);
    }
  });

  test('of an older revision is configured in its own shape', async () => {
    const { trace, server } = await runAgainst(described({ revision: 'older' }));
    assert.equal(trace.failure, null);
    assert.deepEqual(server.violations, []);
    assertTraceHolds(trace);
    assert.equal(replayTranscript(trace.received).text, text);
    const updates = trace.controls.filter(({ raw }) => raw.includes('session.update'));
    assert.equal(updates.length, 2);
    assert.match(updates[1]!.raw, /"format":"audio\/pcm".*"sample_rate":16000/);
  });

  test('may say all of it at the end only', async () => {
    const { trace } = await runAgainst(described({ heldBackWords: 4 }));
    assert.equal(trace.failure, null);
    assert.equal(replayTranscript(trace.received).text, text);
  });

  test('that does not serve the model says so', async () => {
    const { trace } = await runAgainst({ ...described(), model: 'another' });
    assert.equal(trace.failure?.code, 'not_supported');
    assert.match(trace.failure.message, /'another' is not served.*Check the model/s);
    assert.equal(trace.chunks.length, 0);
  });

  test('that is full says so', async () => {
    const { trace } = await runAgainst(described({ isFull: true }));
    assert.equal(trace.failure?.code, 'too_many_sessions');
    assert.match(trace.failure.message, /--asr-max-concurrent-sessions/);
  });

  test('that takes no more audio ends at once, with the remedy', async () => {
    const { trace } = await runAgainst(described({ mostSeconds: 0.25 }));
    assert.equal(trace.failure?.code, 'buffer_overflow');
    assert.match(trace.failure.message, /--asr-max-buffer-seconds/);
    assert.ok(trace.chunks.length < 5);
    assertTraceHolds(trace);
  });

  test('takes any length of audio that is committed in pieces, late answers included', async () => {
    const manner = { mostSeconds: 0.25, earlyCommits: 2, answerMs: 150 };
    const options = { commit_every_seconds: 0.2 };
    const { trace, server } = await runAgainst({ ...described(manner), options });
    assert.equal(trace.failure, null);
    assert.deepEqual(server.violations, []);
    assertTraceHolds(trace);
    assert.equal(replayTranscript(trace.received).text, text);
    assert.deepEqual(
      trace.controls.map(({ commit }) => commit).filter((commit) => commit !== null),
      ['segment', 'segment', 'final'],
    );
    const finals = trace.received.flatMap(({ events }) => events).filter((e) => e.type === 'final');
    assert.deepEqual(
      finals.map((event) => event.text),
      ['the quick', 'brown fox', ''],
    );
  });

  test('is not asked for a last item that is next to nothing', async () => {
    const session = { audio: testAudio(430) };
    const options = { commit_every_seconds: 0.2 };
    const server = described({ earlyCommits: 1 });
    const { trace } = await runAgainst({ ...server, options }, { session });
    assert.equal(trace.failure, null);
    assert.equal(replayTranscript(trace.received).text, text);
    assert.equal(trace.controls.filter(({ commit }) => commit === 'segment').length, 1);
  });

  test('that fails says so, while audio comes and after it', async () => {
    for (const manner of [{ failsAtMessage: 2 }, { failsAtCommit: true }]) {
      const { trace } = await runAgainst(described(manner));
      assert.equal(trace.failure?.reason, 'server_error');
      assert.equal(trace.failure.code, 'inference_failed');
      assertTraceHolds(trace);
    }
  });
});
