import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { vllmOmni } from '../../../src/dialects/protocols/vllmOmni.ts';
import { replayTranscript } from '../../../src/metrics/transcriptReplay.ts';
import {
  assertTraceHolds,
  describeDialect,
  runAgainst,
} from '../../support/dialects/describeDialect.ts';
import type { DescribedDialect } from '../../support/dialects/describeDialect.ts';
import { startDialectServer } from '../../support/dialects/dialectServer.ts';
import { vllmOmniServer } from '../../support/dialects/vllmOmniServer.ts';
import type { VllmOmniManner } from '../../support/dialects/vllmOmniServer.ts';

function described(manner: Partial<VllmOmniManner> = {}): DescribedDialect {
  return {
    dialect: vllmOmni,
    start: (script) => startDialectServer(vllmOmniServer(manner), script),
    model: 'omni',
    hasKey: true,
  };
}

describeDialect(described());

describe('a vLLM-Omni server', { concurrency: 4 }, () => {
  test('is done when it has spoken, under either name', async () => {
    for (const audioName of ['response.audio', 'response.output_audio'] as const) {
      const { trace } = await runAgainst(described({ audioName }));
      assert.equal(trace.failure, null);
      assertTraceHolds(trace);
      const last = trace.received.at(-1)!;
      assert.equal(last.raw, `{"type":"${audioName}.done","has_audio":true}`);
      assert.deepEqual(last.events, [{ type: 'done' }]);
      assert.equal(replayTranscript(trace.received).outputTokens, 4);
    }
  });

  test('is done without having spoken', async () => {
    const { trace } = await runAgainst(described({ isMute: true }));
    assert.equal(trace.failure, null);
    assertTraceHolds(trace);
  });

  test('may answer with minutes of speech in one message', async () => {
    const voiceBytes = 15 * 1024 * 1024;
    const { trace } = await runAgainst(described({ voiceBytes }), { words: ['fox'] });
    assert.equal(trace.failure, null);
    assertTraceHolds(trace);
    assert.ok(trace.received.some(({ bytes }) => bytes > 20 * 1024 * 1024));
    assert.equal(replayTranscript(trace.received).text, 'fox');
  });

  test('has its text even where its voice fails', async () => {
    const { trace } = await runAgainst(described({ voiceFails: true }));
    assert.equal(trace.failure, null);
    assertTraceHolds(trace);
    assert.equal(replayTranscript(trace.received).text, 'the quick brown fox');
  });

  for (const refusal of ['unsupported', 'config_timeout'] as const) {
    test(`of full duplex that says ${refusal} is told apart`, async () => {
      const { trace } = await runAgainst(described({ refusal }));
      assert.equal(trace.failure?.code, refusal);
      assert.match(trace.failure.message, /speaks full duplex, which sends no input transcription/);
      assertTraceHolds(trace);
    });
  }

  for (const variant of ['openai-style', 'full-duplex'] as const) {
    test(`of the ${variant} kind cannot be measured, and is told nothing`, async () => {
      const { trace, server } = await runAgainst(described({ variant }));
      assert.equal(trace.failure?.reason, 'server_error');
      assert.equal(trace.failure.code, 'no_input_transcription');
      assert.match(trace.failure.message, /sends no input transcription\. It cannot be measured/);
      assert.deepEqual(server.violations, []);
      assertTraceHolds(trace);
    });
  }

  test('is not asked for full duplex, which would leave both sides waiting', async () => {
    for (const path of ['/v1/realtime?duplex=1', '/v1/duplex', '/proxy/v1/duplex/']) {
      const { trace } = await runAgainst({ ...described(), urlOf: ({ url }) => url + path });
      assert.equal(trace.failure?.reason, 'request_invalid');
      assert.match(trace.failure.message, /without "duplex"/);
    }
  });
});
