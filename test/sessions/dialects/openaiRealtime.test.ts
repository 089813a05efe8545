import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openaiRealtime } from '../../../src/dialects/protocols/openaiRealtime.ts';
import { sglangOmni } from '../../../src/dialects/protocols/sglangOmni.ts';
import { sglangRealtime } from '../../../src/dialects/protocols/sglangRealtime.ts';
import { replayTranscript } from '../../../src/metrics/transcriptReplay.ts';
import { detectDialect } from '../../../src/session/detectDialect.ts';
import type { SessionTrace } from '../../../src/trace/sessionTrace.ts';
import type { TranscriptEvent } from '../../../src/trace/transcriptEvent.ts';
import {
  assertTraceHolds,
  describeDialect,
  runAgainst,
} from '../../support/dialects/describeDialect.ts';
import type { DescribedDialect } from '../../support/dialects/describeDialect.ts';
import { startDialectServer } from '../../support/dialects/dialectServer.ts';
import {
  openaiRealtimeServer,
  openaiRealtimeServerThat,
} from '../../support/dialects/openaiRealtimeServer.ts';
import type { OpenaiRealtimeManner } from '../../support/dialects/openaiRealtimeServer.ts';
import { sglangOmniServer } from '../../support/dialects/sglangOmniServer.ts';
import { sglangRealtimeServer } from '../../support/dialects/sglangRealtimeServer.ts';

const text = 'the quick brown fox';

function described(
  manner: Partial<OpenaiRealtimeManner> = {},
  options: DescribedDialect['options'] = {},
): DescribedDialect {
  return {
    dialect: openaiRealtime,
    start: (script) => startDialectServer(openaiRealtimeServerThat(manner), script),
    options,
    hasKey: true,
  };
}

function withTurns(manner: Partial<OpenaiRealtimeManner> = {}): DescribedDialect {
  return { ...described(manner, { vad: 'server_vad' }), model: 'gpt-transcribe' };
}

function eventsOf<Type extends TranscriptEvent['type']>(
  trace: SessionTrace,
  type: Type,
): Extract<TranscriptEvent, { type: Type }>[] {
  return trace.received
    .flatMap(({ events }) => events)
    .filter((event): event is Extract<TranscriptEvent, { type: Type }> => event.type === type);
}

describeDialect(described());

describe('OpenAI realtime transcription', { concurrency: 4 }, () => {
  test('gets no audio before it has taken the configuration, and counts tokens', async () => {
    const { trace, server } = await runAgainst(described());
    assert.deepEqual(server.violations, []);
    const { openUs, readyUs } = trace.connection;
    assert.ok(readyUs! - openUs! >= 15_000);
    assert.equal(server.requests[0]?.url, '/v1/realtime?intent=transcription');
    assert.deepEqual(eventsOf(trace, 'usage'), [
      { type: 'usage', outputTokens: 3, inputTokens: 14 },
    ]);
  });

  test('gets all options of the model, and its deltas are kept with their probabilities', async () => {
    const options = {
      delay: 'low',
      noise_reduction: 'near_field',
      include_logprobs: true,
    };
    const model = 'gpt-realtime-whisper';
    const { trace, server } = await runAgainst({ ...described({}, options), model });
    assert.equal(trace.failure, null);
    assert.deepEqual(server.violations, []);
    assert.match(trace.received.map(({ raw }) => raw).join('\n'), /logprob/);
  });

  test('of the form before the final one is configured in its own shape, and detected', async () => {
    const surface = 'transcription_session';
    const { trace, server } = await runAgainst(withTurns({ surface }));
    assert.equal(trace.failure, null);
    assert.deepEqual(server.violations, []);
    assertTraceHolds(trace);
    assert.equal(replayTranscript(trace.received).text, text);
    const { start } = described({ surface });
    const running = await start();
    try {
      const limits = { apiKey: null, connectMs: 2000, helloMs: 2000, proxy: null };
      const found = await detectDialect(running.url, [openaiRealtime], limits);
      assert.equal(found.kind, 'recognised');
    } finally {
      await running.close();
    }
  });

  test('takes commits in between, but none beside turn detection', async () => {
    const options = { commit_every_seconds: 0.2 };
    const { trace, server } = await runAgainst({ ...described({ streams: false }), options });
    assert.equal(trace.failure, null);
    assert.deepEqual(server.violations, []);
    assertTraceHolds(trace);
    assert.equal(replayTranscript(trace.received).text, text);
    assert.equal(trace.controls.filter(({ commit }) => commit === 'segment').length, 2);
    const both = { ...options, vad: 'server_vad' };
    const settings = { url: openaiRealtime.exampleUrl, model: null, language: null, options: both };
    assert.throws(() => openaiRealtime.start(settings, { totalSamples: 1 }), {
      reason: 'request_invalid',
      message: /"commit_every_seconds": with vad the server/,
    });
  });

  test('that sends text after the commit only, and says nothing of its commits', async () => {
    const { trace } = await runAgainst(described({ streams: false, hidesCommits: true }));
    assert.equal(trace.failure, null);
    assertTraceHolds(trace);
    assert.equal(replayTranscript(trace.received).text, text);
  });

  test('ends turns by itself, and the last commit brings what is left', async () => {
    const { trace, server } = await runAgainst(withTurns());
    assert.equal(trace.failure, null);
    assert.deepEqual(server.violations, []);
    assertTraceHolds(trace);
    assert.equal(replayTranscript(trace.received).text, text);
    assert.deepEqual(
      eventsOf(trace, 'final').map((event) => event.text),
      ['the quick', 'brown fox', ''],
    );
    assert.deepEqual(
      eventsOf(trace, 'speech').map(({ state, audioMs }) => `${state} ${audioMs}`),
      ['started 0', 'stopped 200', 'started 200', 'stopped 400', 'started 400'],
    );
  });

  test('may have nothing left to commit, and says so in one way or another', async () => {
    for (const emptyCommit of ['error', 'cleared'] as const) {
      const { trace, server } = await runAgainst(withTurns({ messagesPerTurn: 5, emptyCommit }));
      assert.equal(trace.failure, null);
      assert.deepEqual(server.violations, []);
      assertTraceHolds(trace);
      assert.equal(replayTranscript(trace.received).text, text);
    }
  });

  test('keeps the order of the items whose results come in another', async () => {
    const { trace } = await runAgainst(withTurns({ firstIsLast: true }));
    assert.equal(trace.failure, null);
    assertTraceHolds(trace);
    assert.equal(eventsOf(trace, 'final').at(-1)?.text, 'the quick');
    assert.equal(replayTranscript(trace.received).text, text);
  });

  test('that fails with the only item ends the session with its error', async () => {
    const { trace } = await runAgainst(described({ failing: [0] }));
    assert.equal(trace.failure?.reason, 'server_error');
    assert.match(trace.failure.message, /It failed\. The service failed: try again later/);
    assertTraceHolds(trace);
  });

  test('that fails with one of several items leaves the text of the others', async () => {
    for (const failing of [[0], [2]]) {
      const { trace } = await runAgainst(withTurns({ failing }));
      assert.equal(trace.failure, null);
      assertTraceHolds(trace);
      assert.deepEqual(
        eventsOf(trace, 'error').map(({ fatal }) => fatal),
        [false],
      );
    }
    const { trace } = await runAgainst(withTurns({ failing: [0, 1, 2] }));
    assert.equal(trace.failure?.reason, 'server_error');
  });

  test('that refuses the configuration does not make the session wait', async () => {
    const { trace } = await runAgainst(described({ refusal: 'model_not_found' }));
    assert.equal(trace.failure?.code, 'model_not_found');
    assert.equal(trace.chunks.length, 0);
    const unable = await runAgainst(described({}, { vad: 'semantic_vad' }));
    assert.equal(unable.trace.failure?.code, 'unsupported_parameter');
  });

  test('takes its key in a subprotocol, or as Azure wants it', async () => {
    const apiKey = 'ek_0123456789';
    for (const [auth, path] of [
      ['subprotocol', '/v1/realtime'],
      ['azure', '/openai/v1/realtime'],
    ] as const) {
      const { trace, server } = await runAgainst(described({}, { auth }), {
        apiKey,
        session: { apiKey },
      });
      assert.equal(trace.failure, null);
      assert.deepEqual(server.violations, []);
      const request = server.requests[0]!;
      assert.equal(request.url, `${path}?intent=transcription`);
      assert.equal(request.headers.authorization, undefined);
      assert.ok(!JSON.stringify(trace).includes(apiKey));
    }
    const spaced = await runAgainst(described({}, { auth: 'subprotocol' }), {
      session: { apiKey: 'two, words' },
    });
    assert.equal(spaced.trace.failure?.reason, 'request_invalid');
    assert.ok(!JSON.stringify(spaced.trace).includes('two, words'));
  });

  test('is recognised by its greeting, as SGLang is, which says the same', async () => {
    for (const [kind, id] of [
      [openaiRealtimeServer, 'openai-realtime'],
      [sglangRealtimeServer, 'openai-realtime'],
      [sglangOmniServer, 'sglang-omni'],
    ] as const) {
      const server = await startDialectServer(kind);
      try {
        const found = await detectDialect(
          server.url,
          [openaiRealtime, sglangRealtime, sglangOmni],
          { apiKey: null, connectMs: 2000, helloMs: 300, proxy: null },
        );
        assert.equal(found.kind === 'recognised' ? found.dialect.id : null, id);
      } finally {
        await server.close();
      }
    }
  });
});
