import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { DialectOptions } from '../../../src/dialects/dialect.ts';
import { vllmHttp } from '../../../src/dialects/protocols/vllmHttp.ts';
import { replayTranscript } from '../../../src/metrics/transcriptReplay.ts';
import type { SessionTrace } from '../../../src/trace/sessionTrace.ts';
import type { TranscriptEvent } from '../../../src/trace/transcriptEvent.ts';
import {
  assertTraceHolds,
  describeDialect,
  runAgainst,
} from '../../support/dialects/describeDialect.ts';
import type { DescribedDialect, RunScript } from '../../support/dialects/describeDialect.ts';
import {
  startTranscriptionHttpServer,
  vllmFields,
} from '../../support/dialects/transcriptionHttpServer.ts';
import type { TranscriptionHttpKind } from '../../support/dialects/transcriptionHttpServer.ts';
import type { Answering } from '../../support/dialects/transcriptionHttpAnswer.ts';

function described(
  kind: Partial<TranscriptionHttpKind> = {},
  more: Partial<DescribedDialect> = {},
): DescribedDialect {
  return {
    dialect: vllmHttp,
    start: (script) =>
      startTranscriptionHttpServer(
        { fields: vllmFields, answer: { form: 'chunks' }, ...kind },
        script,
      ),
    model: 'qwen3-asr',
    hasKey: true,
    streams: false,
    ...more,
  };
}

describeDialect(described());

function eventsOf(trace: SessionTrace): TranscriptEvent[] {
  return trace.received.flatMap(({ events }) => events);
}

const words = ['das', 'schöne', '日本', '👋🏽', '"quoted"'];

describe('a stream of vLLM, however it is written', { concurrency: 4 }, () => {
  const ways: Record<string, Omit<Answering, 'form'>> = {
    'in bytes one by one': { pieceBytes: 1 },
    'cut inside lines and characters': { pieceBytes: 7 },
    'with \\r\\n': { lineEnd: '\r\n', pieceBytes: 3 },
    'with \\r': { lineEnd: '\r', pieceBytes: 5 },
    'with comments, names and ids': { comments: true },
    'with usage in every chunk': { continuousUsage: true },
    'without [DONE]': { without: ['done'] },
    'without finish_reason': { without: ['finish'] },
    'without the last blank line': { without: ['blank line'] },
    'as typed events': {},
  };
  for (const [name, way] of Object.entries(ways)) {
    test(name, async () => {
      const form = name.includes('typed') ? 'typed' : 'chunks';
      const { trace, server } = await runAgainst(described({ answer: { form, ...way } }), {
        words,
      });
      assert.equal(trace.failure, null);
      assert.deepEqual(server.violations, []);
      assertTraceHolds(trace);
      assert.equal(replayTranscript(trace.received).text.trim(), words.join(' '));
      assert.equal(trace.connection.closeCode, 1000);
      const usages = eventsOf(trace).filter(({ type }) => type === 'usage');
      const outputTokens = form === 'typed' ? 45 : words.length;
      const inputTokens = form === 'typed' ? 14 : 13;
      assert.deepEqual(usages, [{ type: 'usage', outputTokens, inputTokens }]);
    });
  }
});

describe('a stream of vLLM that does not end well', { concurrency: 4 }, () => {
  test('neither finished nor done: broken off, though the response is whole', async () => {
    const { trace } = await runAgainst(
      described({ answer: { form: 'chunks', without: ['done', 'finish'] } }),
    );
    assert.equal(trace.failure?.reason, 'closed_early');
    assert.equal(trace.failure.code, '1000');
    assertTraceHolds(trace);
  });

  test('finished but cut off before [DONE]', async () => {
    const { trace } = await runAgainst(
      described({ answer: { form: 'chunks', without: ['done'], cuts: true } }),
    );
    assert.equal(trace.failure?.reason, 'closed_early');
    assert.match(
      trace.failure.message,
      /The connection to 127\.0\.0\.1:\d+ broke: (aborted|it was closed before)/,
    );
    assert.equal(trace.connection.closeCode, 1006);
  });

  test('an error in the middle', async () => {
    const { trace } = await runAgainst(described(), { errorAfterMessages: 1 });
    assert.equal(trace.failure?.code, '500');
    assert.match(trace.failure.message, /\(500\): The engine died\. The recogniser failed/);
    assert.equal(replayTranscript(trace.received).text, 'the');
  });
});

describe('vLLM without a stream', { concurrency: 4 }, () => {
  const run = (options: DialectOptions, script: RunScript = {}) =>
    runAgainst(described({}, { options }), script);

  test('has its text in one message', async () => {
    const { trace, server } = await run({ stream: false });
    assert.equal(trace.failure, null);
    assert.deepEqual(server.violations, []);
    assert.deepEqual(eventsOf(trace), [
      { type: 'final', unit: '', text: 'the quick brown fox' },
      { type: 'usage', outputTokens: null, inputTokens: null, audioMs: 1000 },
      { type: 'done' },
    ]);
  });

  test('has words with times where they are asked for', async () => {
    const { trace, server } = await run({
      response_format: 'verbose_json',
      timestamp_granularities: ['word', 'segment'],
    });
    assert.equal(trace.failure, null);
    assert.deepEqual(server.violations, []);
    const [timed] = eventsOf(trace);
    assert.ok(timed?.type === 'words');
    assert.deepEqual(timed.words[1], { text: 'quick', startMs: 100, endMs: 200 });
  });

  test('tells of an error by its status', async () => {
    const { trace } = await run({ stream: false }, { errorAfterMessages: 2 });
    assert.equal(trace.failure?.reason, 'upgrade_refused');
    assert.match(
      trace.failure.message,
      /answered HTTP 500: The engine died\. The server's own log/,
    );
  });
});

describe('a server that turns an upload away', { concurrency: 4 }, () => {
  test('at once, so that sending stops', async () => {
    const { trace } = await runAgainst(described(), {
      apiKey: 'right-and-long-enough',
      session: { apiKey: 'wrong-and-long-enough' },
    });
    assert.equal(trace.failure?.reason, 'upgrade_refused');
    assert.match(trace.failure.message, /answered HTTP 401: Unauthorized\. Check the API key\.$/);
    assert.ok(trace.chunks.length < 3, `${trace.chunks.length} chunks sent`);
  });

  test('with a redirect, which is not followed', async () => {
    const headers = { Location: 'https://u:p@elsewhere/v1' };
    const { trace } = await runAgainst(described({ refusal: { status: 307, body: '', headers } }));
    assert.equal(trace.failure?.code, '307');
    assert.match(
      trace.failure.message,
      /Temporary Redirect\. It points to https:\/\/elsewhere\/v1/,
    );
  });

  test('for an option that it does not know', async () => {
    const { trace, server } = await runAgainst(
      described({}, { options: { config: { stream: 'maybe', hotword: 'x' } } }),
    );
    assert.deepEqual(server.violations, ['a field "hotword"', 'stream is no boolean']);
    assert.match(trace.failure?.message ?? '', /HTTP 400: stream is no boolean\. Check the model/);
  });
});

test('sends what the options ask for', async () => {
  const options = {
    temperature: 0.2,
    prompt: 'Namen: "Zoë"\r\nund --rtbench',
    config: { hotwords: 'fox', seed: 7, vllm_xargs: { k: 1 } },
  };
  const { trace, server } = await runAgainst(described({}, { options }));
  assert.equal(trace.failure, null);
  assert.deepEqual(server.violations, []);
  const [wire = []] = server.wire;
  const fields = wire.flatMap(({ data }) =>
    typeof data === 'string' ? Object.entries(JSON.parse(data) as Record<string, string>) : [],
  );
  assert.deepEqual(Object.fromEntries(fields), {
    model: 'qwen3-asr',
    prompt: options.prompt,
    temperature: '0.2',
    stream: 'true',
    stream_include_usage: 'true',
    hotwords: 'fox',
    seed: '7',
    vllm_xargs: '{"k":1}',
  });
});

test('audio of a burst arrives as it was, in whatever pieces', async () => {
  const { trace, server, audio } = await runAgainst(described(), {
    session: { pacing: { mode: 'burst', speed: 1, chunkMs: 20 } },
  });
  assert.equal(trace.failure, null);
  const { samples } = audio;
  assert.deepEqual(
    server.pcm(),
    Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength),
  );
});
