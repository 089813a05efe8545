import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sglangOmni } from '../../../src/dialects/protocols/sglangOmni.ts';
import { replayTranscript } from '../../../src/metrics/transcriptReplay.ts';
import {
  assertTraceHolds,
  describeDialect,
  runAgainst,
} from '../../support/dialects/describeDialect.ts';
import type { DescribedDialect } from '../../support/dialects/describeDialect.ts';
import { startDialectServer } from '../../support/dialects/dialectServer.ts';
import { sglangOmniServerThat } from '../../support/dialects/sglangOmniServer.ts';
import type { SglangOmniManner } from '../../support/dialects/sglangOmniServer.ts';

const text = 'the quick brown fox';

function described(
  manner: Partial<SglangOmniManner> = {},
  options: DescribedDialect['options'] = {},
): DescribedDialect {
  return {
    dialect: sglangOmni,
    start: (script) => startDialectServer(sglangOmniServerThat(manner), script),
    options,
    hasKey: true,
  };
}

describeDialect(described());

describe('SGLang-Omni', { concurrency: 4 }, () => {
  test('is told that there are no turns, and that all was sent', async () => {
    const { trace, server } = await runAgainst(described());
    assert.deepEqual(server.violations, []);
    assert.deepEqual(
      trace.controls.map(({ raw }) => raw),
      [
        '{"type":"session.update","session":{"turn_detection":null}}',
        '{"type":"input_audio_buffer.commit"}',
        '{"type":"transcription.done"}',
      ],
    );
  });

  test('is told nothing where nothing is to be changed', async () => {
    for (const modelHasVad of [true, false]) {
      const { trace, server } = await runAgainst(
        described({ modelHasVad, messagesPerTurn: 4, tellsTimes: false }, { vad: 'unchanged' }),
      );
      assert.equal(trace.failure, null);
      assert.deepEqual(server.violations, []);
      assertTraceHolds(trace);
      assert.equal(replayTranscript(trace.received).text, text);
      // With turn detection, a commit would have silence recognised.
      assert.equal(trace.controls.length, modelHasVad ? 1 : 2);
    }
  });

  test('says that its model cannot transcribe live', async () => {
    const { trace } = await runAgainst(described({ transcribes: false }));
    assert.equal(trace.failure?.code, 'unsupported_realtime_intent');
    assert.match(trace.failure.message, /does not support realtime transcription\. Serve a model/);
    assertTraceHolds(trace);
  });

  test('ends turns by itself; each is a unit', async () => {
    const options = { vad: 'server_vad', trailingSilenceMs: 600 };
    const { trace, server, audio } = await runAgainst(described({}, options));
    assert.equal(trace.failure, null);
    assert.deepEqual(server.violations, []);
    assertTraceHolds(trace);
    const events = trace.received.flatMap((message) => message.events);
    const finals = events.flatMap((event) => (event.type === 'final' ? [event.text] : []));
    assert.deepEqual(finals, ['the quick brown', 'fox']);
    assert.ok(events.some(({ type }) => type === 'speech'));
    assert.equal(server.pcm().length, audio.samples.length * 2 + 600 * 32);
  });

  test('may fail with one segment, but not with all', async () => {
    const options = { vad: 'server_vad' };
    const { trace } = await runAgainst(described({ failing: [1] }, options));
    assert.equal(trace.failure, null);
    assertTraceHolds(trace);
    const all = await runAgainst(described({ failing: [0, 1] }, options));
    assert.equal(all.trace.failure?.code, 'transcription_failed');
    assertTraceHolds(all.trace);
  });

  test('whose model has no turn detection says so', async () => {
    const { trace } = await runAgainst(described({ modelHasVad: false }, { vad: 'server_vad' }));
    assert.equal(trace.failure?.code, 'unsupported_turn_detection');
    assert.match(trace.failure.message, /vad=none/);
    assert.equal(trace.chunks.length, 0);
  });
});
