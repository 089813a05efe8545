import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { vosk } from '../../../src/dialects/protocols/vosk.ts';
import { replayTranscript } from '../../../src/metrics/transcriptReplay.ts';
import { serverWords } from '../../../src/timeline/serverWords.ts';
import {
  assertTraceHolds,
  describeDialect,
  runAgainst,
} from '../../support/dialects/describeDialect.ts';
import type { DescribedDialect } from '../../support/dialects/describeDialect.ts';
import { startDialectServer } from '../../support/dialects/dialectServer.ts';
import { voskServer } from '../../support/dialects/voskServer.ts';
import type { VoskManner } from '../../support/dialects/voskServer.ts';

function described(manner: Partial<VoskManner> = {}): DescribedDialect {
  return {
    dialect: vosk,
    start: (script) => startDialectServer(voskServer(manner), script),
    hasKey: false,
  };
}

describeDialect(described());

describe('a Vosk server', { concurrency: 4 }, () => {
  test('is told the rate first and the end letter by letter, and replies to each but the first', async () => {
    const { trace, server } = await runAgainst(described());
    assert.deepEqual(
      trace.controls.map(({ raw }) => raw),
      ['{"config":{"sample_rate":16000,"words":1}}', '{"eof" : 1}'],
    );
    const [wire = []] = server.wire;
    const sent = wire.filter(({ from }) => from === 'client').length;
    assert.equal(wire.length - sent, sent - 1);
    assert.equal(trace.received.length, trace.chunks.length + 1);
  });

  test('corrects its partials', async () => {
    const { trace } = await runAgainst(described());
    const { edits } = replayTranscript(trace.received);
    assert.ok(edits.some(({ appends }) => !appends));
  });

  test('tells when words were spoken', async () => {
    const { trace } = await runAgainst(described());
    assert.deepEqual(serverWords(trace.received), [
      { text: 'the', startMs: 0, endMs: 100 },
      { text: 'quick', startMs: 100, endMs: 200 },
      { text: 'brown', startMs: 200, endMs: 300 },
      { text: 'fox', startMs: 300, endMs: 400 },
    ]);
  });

  test('has alternatives, of which the best is taken', async () => {
    const { trace, server } = await runAgainst({
      ...described(),
      options: { max_alternatives: 2, words: false, phrase_list: ['the quick', 'brown fox'] },
    });
    assert.equal(trace.failure, null);
    assert.deepEqual(server.violations, []);
    assert.equal(replayTranscript(trace.received).text, 'the quick brown fox');
    assert.deepEqual(serverWords(trace.received), []);
  });

  test('may reply to the config too', async () => {
    const { trace } = await runAgainst(described({ repliesToConfig: true }));
    assert.equal(trace.failure, null);
    assertTraceHolds(trace);
    assert.equal(replayTranscript(trace.received).text, 'the quick brown fox');
    assert.equal(trace.received.length, trace.chunks.length + 2);
  });

  test('may leave out replies, and ends by closing after its last one', async () => {
    const { trace } = await runAgainst(described({ skipsReplies: true }));
    assert.equal(trace.failure, null);
    assertTraceHolds(trace);
    assert.equal(replayTranscript(trace.received).text, 'the quick brown fox');
    assert.ok(trace.received.length < trace.chunks.length);
  });

  test('that closes before it has replied to the end breaks off', async () => {
    const { trace } = await runAgainst(described({ closesUnanswered: true }));
    assert.equal(trace.failure?.reason, 'closed_early');
    assertTraceHolds(trace);
  });

  test('may have nothing to say at the end', async () => {
    const { trace } = await runAgainst(described({ emptyReplyToEnd: true }));
    assert.equal(trace.failure, null);
    assertTraceHolds(trace);
    assert.equal(replayTranscript(trace.received).text, 'the quick brown fox');
  });

  test('without a config is sent audio only', async () => {
    const { trace, server } = await runAgainst({
      ...described(),
      options: { sendConfig: false },
    });
    assert.equal(trace.failure, null);
    assert.equal(trace.controls.length, 1);
    assert.equal(server.violations.length, trace.chunks.length);
  });

  test('that fails says so by closing', async () => {
    const { trace } = await runAgainst(described(), { errorAfterMessages: 2 });
    assert.equal(trace.failure?.code, '1011');
    assert.match(trace.failure.message, /error \(1011\): internal error\. The server's own log/);
  });
});
