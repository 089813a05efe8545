import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { DialectOptions } from '../../../src/dialects/dialect.ts';
import { speechmatics } from '../../../src/dialects/protocols/speechmatics.ts';
import { replayTranscript } from '../../../src/metrics/transcriptReplay.ts';
import type { SessionTrace } from '../../../src/trace/sessionTrace.ts';
import type { TranscriptEvent } from '../../../src/trace/transcriptEvent.ts';
import { clientMessages } from '../../support/dialects/clientMessages.ts';
import {
  assertTraceHolds,
  describeDialect,
  runAgainst,
} from '../../support/dialects/describeDialect.ts';
import type { DescribedDialect } from '../../support/dialects/describeDialect.ts';
import { startDialectServer } from '../../support/dialects/dialectServer.ts';
import type { DialectServerKind, ServerProtocol } from '../../support/dialects/dialectServer.ts';
import { speechmaticsServer } from '../../support/dialects/speechmaticsServer.ts';

const described: DescribedDialect = {
  dialect: speechmatics,
  start: (script) => startDialectServer(speechmaticsServer, script),
  hasKey: true,
};

const exchanged: DialectOptions = { auth: 'exchange', tokenUrl: '/v1/api_keys?type=rt' };

describeDialect(described);

function eventsOf(trace: SessionTrace): TranscriptEvent[] {
  return trace.received.flatMap(({ events }) => events);
}

describe('a session with Speechmatics and a temporary key', { concurrency: 4 }, () => {
  const apiKey = 'sm-0123456789-very-secret';

  test('asks for it, connects with it and keeps both secret', async () => {
    const { trace, server } = await runAgainst(
      { ...described, options: exchanged },
      { apiKey, session: { apiKey } },
    );
    assert.equal(trace.failure, null);
    assert.deepEqual(server.violations, []);
    const [asked, connected] = server.requests;
    assert.equal(asked?.method, 'POST');
    assert.equal(asked.headers.authorization, `Bearer ${apiKey}`);
    assert.equal(connected?.headers.authorization, undefined);
    const jwt = new URL(connected?.url ?? '', server.url).searchParams.get('jwt');
    assert.ok(jwt);
    assert.ok(!JSON.stringify(trace).includes(jwt));
    assert.ok(!JSON.stringify(trace).includes(apiKey));
  });

  test('is told that the key is wrong', async () => {
    const { trace } = await runAgainst(
      { ...described, options: exchanged },
      { apiKey, session: { apiKey: 'sm-another-key-that-is-wrong' } },
    );
    assert.equal(trace.failure?.reason, 'upgrade_refused');
    assert.equal(trace.failure.code, '403');
  });

  test('is told that the address makes no keys', async () => {
    const { trace } = await runAgainst(
      { ...described, options: { ...exchanged, tokenUrl: '/nothing' } },
      { session: { apiKey } },
    );
    assert.equal(trace.failure?.code, '404');
  });

  test('takes a key that is a temporary one already', async () => {
    const jwt = `e30.${Buffer.from(apiKey).toString('base64url')}.signature`;
    const { trace } = await runAgainst(
      { ...described, options: { auth: 'jwt' } },
      { apiKey, session: { apiKey: jwt } },
    );
    assert.equal(trace.failure, null);
    assert.ok(!JSON.stringify(trace).includes(jwt));
  });
});

describe('what Speechmatics is told and tells', { concurrency: 4 }, () => {
  test('counts the audio messages exactly', async () => {
    const { trace, server } = await runAgainst(described);
    const sent = clientMessages(server.wire[0] ?? []);
    assert.deepEqual(sent.at(-1), { message: 'EndOfStream', last_seq_no: trace.chunks.length });
  });

  test('has finals with words, takes back what only partials said, hears the end', async () => {
    const { trace } = await runAgainst(described, { words: ['one', 'two', 'three'] });
    const events = eventsOf(trace);
    const finals = events.filter(({ type }) => type === 'final');
    assert.deepEqual(finals, [
      { type: 'final', unit: '0', text: 'one two ' },
      { type: 'final', unit: '1', text: 'three ' },
      { type: 'final', unit: '2', text: '' },
    ]);
    const words = events.find(({ type }) => type === 'words');
    assert.deepEqual(words, {
      type: 'words',
      unit: '0',
      words: [
        { text: 'one', startMs: 0, endMs: 100 },
        { text: 'two', startMs: 100, endMs: 200 },
      ],
    });
    assert.ok(events.some((event) => event.type === 'speech' && event.audioMs === 200));
    const { edits } = replayTranscript(trace.received);
    assert.ok(edits.some(({ addedText }) => addedText.includes('uh')));
  });

  test('passes on the options', async () => {
    const { trace, server } = await runAgainst({
      ...described,
      model: 'enhanced',
      options: {
        max_delay: 0.7,
        end_of_utterance_silence_trigger: 0.5,
        config: { transcription_config: { diarization: 'speaker' } },
      },
    });
    assert.equal(trace.failure, null);
    assert.deepEqual(server.violations, []);
    assert.deepEqual(clientMessages(server.wire[0] ?? [])[0], {
      message: 'StartRecognition',
      audio_format: { type: 'raw', encoding: 'pcm_s16le', sample_rate: 16_000 },
      transcription_config: {
        language: 'en',
        model: 'enhanced',
        enable_partials: true,
        max_delay: 0.7,
        conversation_config: { end_of_utterance_silence_trigger: 0.5 },
        diarization: 'speaker',
      },
    });
  });

  test('says what a close code means', async () => {
    const closing: DialectServerKind = {
      ...speechmaticsServer,
      protocol: (connection): ServerProtocol => ({
        text: () => {
          connection.close(4005, 'quota_exceeded');
        },
        binary: () => undefined,
        fail: () => undefined,
      }),
    };
    const start = () => startDialectServer(closing);
    const { trace } = await runAgainst({ ...described, start });
    assert.equal(trace.failure?.reason, 'server_error');
    assert.equal(trace.failure.code, 'quota_exceeded');
    assert.match(trace.failure.message, /lower the concurrency/);
    assertTraceHolds(trace);
  });
});
