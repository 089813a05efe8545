import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { soniox } from '../../../src/dialects/protocols/soniox.ts';
import { replayTranscript } from '../../../src/metrics/transcriptReplay.ts';
import { clientMessages } from '../../support/dialects/clientMessages.ts';
import {
  assertTraceHolds,
  describeDialect,
  runAgainst,
} from '../../support/dialects/describeDialect.ts';
import type { DescribedDialect } from '../../support/dialects/describeDialect.ts';
import { startDialectServer } from '../../support/dialects/dialectServer.ts';
import { sonioxServer, sonioxServerWithKeyInConfig } from '../../support/dialects/sonioxServer.ts';

const described: DescribedDialect = {
  dialect: soniox,
  start: (script) => startDialectServer(sonioxServer, script),
  hasKey: true,
};

describeDialect(described);

describe('a session with Soniox that has its key in the first message', { concurrency: 4 }, () => {
  const apiKey = 'sn-0123456789-very-secret';
  const older: DescribedDialect = {
    ...described,
    start: (script) => startDialectServer(sonioxServerWithKeyInConfig(apiKey), script),
    options: { keyIn: 'config' },
  };

  test('shows it there and nowhere else', async () => {
    const { trace, server } = await runAgainst(older, { session: { apiKey } });
    assert.equal(trace.failure, null);
    assert.deepEqual(server.violations, []);
    assert.equal(server.requests[0]?.headers.authorization, undefined);
    assert.ok(!JSON.stringify(trace).includes(apiKey));
    assert.equal(replayTranscript(trace.received).text.trim(), 'the quick brown fox');
  });

  test('is told that it is wrong', async () => {
    const { trace } = await runAgainst(older, { session: { apiKey: 'sn-wrong-0123456789' } });
    assert.equal(trace.failure?.reason, 'server_error');
    assert.equal(trace.failure.code, '401');
    assert.match(trace.failure.message, /Check the API key/);
    assert.ok(!JSON.stringify(trace).includes('sn-wrong-0123456789'));
    assertTraceHolds(trace);
  });
});

describe('what Soniox is told and tells', { concurrency: 4 }, () => {
  test('ends units at endpoints, with words put together from their tokens', async () => {
    const { trace } = await runAgainst(described);
    const events = trace.received.flatMap((message) => message.events);
    assert.deepEqual(
      events.filter(({ type }) => type === 'final'),
      [
        { type: 'final', unit: '0', text: ' the quick brown' },
        { type: 'final', unit: '1', text: ' fox' },
      ],
    );
    const words = events.flatMap((event) => (event.type === 'words' ? event.words : []));
    assert.deepEqual(
      words.map(({ text }) => text),
      ['the', 'quick', 'brown', 'fox'],
    );
    assert.deepEqual(words[1], { text: 'quick', startMs: 100, endMs: 200 });
    const stopped = events.filter(({ type }) => type === 'speech');
    assert.deepEqual(stopped, [{ type: 'speech', state: 'stopped', audioMs: 300 }]);
  });

  test('never parts a word where a token ends inside it', async () => {
    const { trace } = await runAgainst({
      ...described,
      options: { enable_endpoint_detection: false },
    });
    const { edits, text } = replayTranscript(trace.received);
    assert.equal(text.trim(), 'the quick brown fox');
    assert.ok(edits.some(({ addedText }) => addedText.includes('qUICK')));
    assert.ok(edits.every(({ addedText }) => !/\bq UICK\b/.test(addedText)));
    const units = trace.received.flatMap(({ events }) => {
      return events.flatMap((event) => ('unit' in event ? [event.unit] : []));
    });
    assert.deepEqual(new Set(units), new Set(['0']));
  });

  test('passes on language and options, and ends with an empty frame', async () => {
    const { trace, server } = await runAgainst({
      ...described,
      model: 'stt-rt-v4',
      options: { config: { language_hints: ['de'], max_endpoint_delay_ms: 500 } },
    });
    assert.equal(trace.failure, null);
    assert.deepEqual(server.violations, []);
    const sent = clientMessages(server.wire[0] ?? []);
    assert.deepEqual(sent, [
      {
        model: 'stt-rt-v4',
        audio_format: 'pcm_s16le',
        sample_rate: 16_000,
        num_channels: 1,
        enable_endpoint_detection: true,
        language_hints: ['de'],
        max_endpoint_delay_ms: 500,
      },
      '(audio)',
      '',
    ]);
  });
});
