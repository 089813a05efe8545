import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sherpaOnnx } from '../../../src/dialects/protocols/sherpaOnnx.ts';
import { replayTranscript } from '../../../src/metrics/transcriptReplay.ts';
import { serverWords } from '../../../src/timeline/serverWords.ts';
import {
  assertTraceHolds,
  describeDialect,
  runAgainst,
} from '../../support/dialects/describeDialect.ts';
import type { DescribedDialect } from '../../support/dialects/describeDialect.ts';
import { startDialectServer } from '../../support/dialects/dialectServer.ts';
import { sherpaOnnxServer } from '../../support/dialects/sherpaOnnxServer.ts';
import type { SherpaOnnxManner } from '../../support/dialects/sherpaOnnxServer.ts';

function described(manner: SherpaOnnxManner = { server: 'c++' }): DescribedDialect {
  return {
    dialect: sherpaOnnx,
    start: (script) => startDialectServer(sherpaOnnxServer(manner), script),
    hasKey: false,
  };
}

describeDialect(described());

describe('a sherpa-onnx server', { concurrency: 4 }, () => {
  test('numbers its segments, blank ones twice', async () => {
    const { trace } = await runAgainst(described());
    const events = trace.received.flatMap(({ events }) => events);
    assert.deepEqual(
      events.filter(({ type }) => type === 'final'),
      [
        { type: 'final', unit: '0', text: 'the quick' },
        { type: 'final', unit: '1', text: 'brown fox' },
      ],
    );
    assert.ok(events.some((event) => event.type === 'other' && event.name === 'blank result'));
  });

  test('tells when words were spoken', async () => {
    const { trace } = await runAgainst(described());
    assert.deepEqual(serverWords(trace.received), [
      { text: 'the', startMs: 0, endMs: 50 },
      { text: 'quick', startMs: 100, endMs: 150 },
      { text: 'brown', startMs: 200, endMs: 250 },
      { text: 'fox', startMs: 300, endMs: 350 },
    ]);
  });

  test('in Python closes instead of saying that it is done', async () => {
    const { trace, server } = await runAgainst(described({ server: 'python' }));
    assert.equal(trace.failure, null);
    assert.deepEqual(server.violations, []);
    assertTraceHolds(trace);
    assert.equal(replayTranscript(trace.received).text, 'the quick brown fox');
    assert.equal(trace.connection.closeCode, 1000);
  });

  test('that ends with its last segment open has it all the same', async () => {
    const { trace } = await runAgainst(described({ server: 'python' }), {
      words: ['one', 'two', 'three'],
    });
    assert.equal(trace.failure, null);
    assertTraceHolds(trace);
    assert.equal(replayTranscript(trace.received).text, 'one two three');
  });
});
