import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sglangM1 } from '../../../src/dialects/protocols/sglangM1.ts';
import { replayTranscript } from '../../../src/metrics/transcriptReplay.ts';
import {
  assertTraceHolds,
  describeDialect,
  runAgainst,
} from '../../support/dialects/describeDialect.ts';
import type { DescribedDialect } from '../../support/dialects/describeDialect.ts';
import { startDialectServer } from '../../support/dialects/dialectServer.ts';
import { sglangM1Server } from '../../support/dialects/sglangM1Server.ts';
import type { SglangM1Manner } from '../../support/dialects/sglangM1Server.ts';

function withoutModel(manner: Partial<SglangM1Manner> = {}): DescribedDialect {
  return {
    dialect: sglangM1,
    start: (script) => startDialectServer(sglangM1Server(manner), script),
    hasKey: true,
  };
}

function described(manner: Partial<SglangM1Manner> = {}): DescribedDialect {
  return { ...withoutModel(manner), model: 'qwen3-asr' };
}

describeDialect(described());

describe('SGLang with its first protocol', { concurrency: 4 }, () => {
  test('gets no audio before it has answered, and needs no model', async () => {
    const { trace, server } = await runAgainst(withoutModel());
    assert.equal(trace.failure, null);
    assert.deepEqual(server.violations, []);
    const { openUs, readyUs } = trace.connection;
    assert.ok(readyUs! - openUs! >= 15_000);
    assert.deepEqual(
      trace.controls.map(({ raw }) => raw),
      ['{"type":"session.start"}', '{"type":"session.end"}'],
    );
  });

  test('sends words, and puts their punctuation right at the end', async () => {
    const { trace } = await runAgainst(described(), { words: ['Hello', ',', 'world', '!'] });
    assertTraceHolds(trace);
    const { text, edits } = replayTranscript(trace.received);
    assert.equal(text, 'Hello, world!');
    assert.ok(edits.some(({ byFinal }) => byFinal));
  });

  test('goes on after an error about one message', async () => {
    const { trace } = await runAgainst(
      described({ complaint: { code: 'invalid_payload', closes: false } }),
    );
    assert.equal(trace.failure, null);
    assertTraceHolds(trace);
    assert.equal(replayTranscript(trace.received).text, 'the quick brown fox');
  });

  test('that closes after such an error ended with it', async () => {
    const { trace } = await runAgainst(
      described({ complaint: { code: 'invalid_audio_format', closes: true } }),
    );
    assert.equal(trace.failure?.reason, 'server_error');
    assert.equal(trace.failure.code, 'invalid_audio_format');
    assertTraceHolds(trace);
  });

  test('that takes no more audio ends at once, with the remedy', async () => {
    const { trace } = await runAgainst(
      described({ complaint: { code: 'buffer_overflow', closes: true } }),
    );
    assert.equal(trace.failure?.code, 'buffer_overflow');
    assert.match(trace.failure.message, /--asr-max-buffer-seconds/);
    assert.ok(trace.chunks.length < 5);
  });

  test('that refuses the start does not make the session wait', async () => {
    for (const refusal of ['unsupported_model', 'invalid_payload']) {
      const { trace } = await runAgainst(described({ refusal }));
      assert.equal(trace.failure?.reason, 'server_error');
      assert.equal(trace.failure.code, refusal);
      assert.equal(trace.chunks.length, 0);
    }
  });
});
