import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { PcmAudio } from '../../../src/audio/pcmAudio.ts';
import { assemblyAi } from '../../../src/dialects/protocols/assemblyAi.ts';
import { replayTranscript } from '../../../src/metrics/transcriptReplay.ts';
import type { SessionTrace } from '../../../src/trace/sessionTrace.ts';
import { assemblyAiServer, assemblyAiServerThat } from '../../support/dialects/assemblyAiServer.ts';
import { clientMessages } from '../../support/dialects/clientMessages.ts';
import {
  assertTraceHolds,
  describeDialect,
  runAgainst,
} from '../../support/dialects/describeDialect.ts';
import type { DescribedDialect } from '../../support/dialects/describeDialect.ts';
import { startDialectServer } from '../../support/dialects/dialectServer.ts';
import type { DialectServerKind } from '../../support/dialects/dialectServer.ts';

const leastBytes = 1600;

/** Half a second in chunks of 80 ms leaves 20 ms, which are filled up to 50 ms with silence. */
function padded({ samples }: PcmAudio): Buffer {
  const sent = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  const rest = sent.length % 2560;
  return Buffer.concat([sent, Buffer.alloc(leastBytes - rest)]);
}

const described: DescribedDialect = {
  dialect: assemblyAi,
  start: (script) => startDialectServer(assemblyAiServer, script),
  chunkMs: 80,
  expectedPcm: padded,
  expectedText: 'The quick. Brown fox.',
  hasKey: true,
};

describeDialect(described);

function finalsOf(trace: SessionTrace): string[] {
  return trace.received.flatMap(({ events }) => {
    return events.flatMap((event) => (event.type === 'final' ? [event.text] : []));
  });
}

describe('a turn of AssemblyAI', { concurrency: 4 }, () => {
  test('ends twice where it is formatted, and its formatted copy is the final text', async () => {
    const { trace } = await runAgainst(described);
    const ends = trace.received.filter(({ raw }) => raw?.includes('"end_of_turn":true'));
    assert.equal(ends.length, 4);
    assert.deepEqual(finalsOf(trace), ['The quick.', 'Brown fox.']);
  });

  test('ends once where it is not', async () => {
    const { trace, server } = await runAgainst({ ...described, options: { format_turns: false } });
    assert.equal(trace.failure, null);
    assert.deepEqual(server.violations, []);
    assert.deepEqual(finalsOf(trace), ['the quick', 'brown fox']);
    assertTraceHolds(trace);
  });

  test('is final at the end, where its formatted copy does not come', async () => {
    const start = () => startDialectServer(assemblyAiServerThat({ neverFormats: true }));
    const { trace } = await runAgainst({ ...described, start });
    assert.equal(trace.failure, null);
    assert.deepEqual(finalsOf(trace), ['the quick', 'brown fox']);
    assert.equal(replayTranscript(trace.received).text, 'the quick brown fox');
    assertTraceHolds(trace);
  });
});

describe('what AssemblyAI is told', { concurrency: 4 }, () => {
  test('is the bare key, and options as the address has them', async () => {
    const apiKey = 'aai-0123456789-very-secret';
    const options = {
      end_of_turn_confidence_threshold: 0.5,
      min_turn_silence: 160,
      keyterms_prompt: ['RTBench'],
      query: { inactivity_timeout: '30' },
    };
    const { trace, server } = await runAgainst(
      { ...described, options, model: 'universal-streaming-multilingual' },
      { apiKey, session: { apiKey } },
    );
    assert.equal(trace.failure, null);
    assert.deepEqual(server.violations, []);
    const { url, headers } = server.requests[0]!;
    assert.equal(headers.authorization, apiKey);
    assert.deepEqual(Object.fromEntries(new URL(url!, server.url).searchParams), {
      sample_rate: '16000',
      encoding: 'pcm_s16le',
      speech_model: 'universal-streaming-multilingual',
      format_turns: 'true',
      end_of_turn_confidence_threshold: '0.5',
      min_turn_silence: '160',
      keyterms_prompt: '["RTBench"]',
      inactivity_timeout: '30',
    });
  });

  test('is that a session given up early has ended', async () => {
    const { trace, server } = await runAgainst(described, {
      session: { signal: AbortSignal.timeout(250) },
    });
    assert.equal(trace.failure?.reason, 'cancelled');
    assert.deepEqual(clientMessages(server.wire[0] ?? []).at(-1), { type: 'Terminate' });
  });

  test('is no chunk that is too short or too long', async () => {
    for (const chunkMs of [20, 1200]) {
      const { trace } = await runAgainst({ ...described, chunkMs });
      assert.equal(trace.failure?.reason, 'request_invalid');
      assert.match(trace.failure.message, /50 to 1000 ms/);
    }
  });

  test('is a model that it knows, or it says why not', async () => {
    const { trace } = await runAgainst({ ...described, model: 'nova-3' });
    assert.equal(trace.failure?.reason, 'server_error');
    assert.equal(trace.failure.code, '3006');
    assert.match(trace.failure.message, /Check the model/);
  });
});

describe('how a session with AssemblyAI ends', { concurrency: 4 }, () => {
  function startOther(protocol: DialectServerKind['protocol']) {
    return () => startDialectServer({ ...assemblyAiServer, protocol });
  }

  test('with a close code of its own', async () => {
    const start = startOther((connection) => ({
      opened: () => {
        connection.close(4029);
      },
      text: () => undefined,
      binary: () => undefined,
      fail: () => undefined,
    }));
    const { trace } = await runAgainst({ ...described, start });
    assert.equal(trace.failure?.reason, 'server_error');
    assert.equal(trace.failure.code, '4029');
    assert.match(trace.failure.message, /Lower the concurrency/);
    assertTraceHolds(trace);
  });

  test('too early, where the server terminates it', async () => {
    const start = startOther((connection) => ({
      opened: () => {
        connection.send({ type: 'Begin', id: '1', expires_at: 1_767_330_000 });
      },
      text: () => undefined,
      binary: () => {
        connection.send({ type: 'Termination', audio_duration_seconds: 1 });
        connection.close(1000);
      },
      fail: () => undefined,
    }));
    const { trace } = await runAgainst({ ...described, start });
    assert.equal(trace.failure?.code, 'done_early');
  });
});
