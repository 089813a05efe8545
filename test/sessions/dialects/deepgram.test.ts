import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { deepgram } from '../../../src/dialects/protocols/deepgram.ts';
import { replayTranscript } from '../../../src/metrics/transcriptReplay.ts';
import { deepgramServer } from '../../support/dialects/deepgramServer.ts';
import {
  assertTraceHolds,
  describeDialect,
  runAgainst,
} from '../../support/dialects/describeDialect.ts';
import type { DescribedDialect } from '../../support/dialects/describeDialect.ts';
import { startDialectServer } from '../../support/dialects/dialectServer.ts';
import type { DialectServerKind, ServerConnection } from '../../support/dialects/dialectServer.ts';

const described: DescribedDialect = {
  dialect: deepgram,
  start: (script) => startDialectServer(deepgramServer, script),
  hasKey: true,
};

describeDialect(described);

/** A server that answers audio and the end as `act` says. */
function startOther(act: (connection: ServerConnection, what: 'audio' | 'end') => void) {
  const kind: DialectServerKind = {
    ...deepgramServer,
    protocol: (connection) => ({
      text: () => {
        act(connection, 'end');
      },
      binary: () => {
        act(connection, 'audio');
      },
      fail: () => undefined,
    }),
  };
  return () => startDialectServer(kind);
}

describe('how a session with Deepgram is opened', { concurrency: 4 }, () => {
  test('tells why it was refused, which headers say', async () => {
    const { trace } = await runAgainst(described, { refuseStatus: 400 });
    assert.match(
      trace.failure?.message ?? '',
      /HTTP 400 Refused \(dg-error: Bad Request: no such model.*, dg-request-id: request-1\)\. Check the model/,
    );
  });

  test('passes on model, options and query, and sends the key in its own scheme', async () => {
    const apiKey = 'dg-0123456789-very-secret';
    const options = {
      vad_events: false,
      utterance_end_ms: 1000,
      query: { keyterm: ['one', 'two'], smart_format: 'true' },
    };
    const asked = { ...described, model: 'nova-2', options };
    const { trace, server } = await runAgainst(asked, { apiKey, session: { apiKey } });
    assert.equal(trace.failure, null);
    assert.deepEqual(server.violations, []);
    const { url, headers } = server.requests[0]!;
    assert.equal(headers.authorization, `Token ${apiKey}`);
    const { searchParams } = new URL(url!, server.url);
    assert.equal(searchParams.get('model'), 'nova-2');
    assert.deepEqual(searchParams.getAll('keyterm'), ['one', 'two']);
    const speech = trace.received.flatMap(({ events }) => {
      return events.filter(({ type }) => type === 'speech');
    });
    // The end of the utterance and, from the words' times, the gap after it.
    assert.deepEqual(speech, [
      { type: 'speech', state: 'stopped', audioMs: 400 },
      { type: 'speech', state: 'stopped', audioMs: 400 },
    ]);
  });

  test('can use a token that lives for a short time', async () => {
    const apiKey = 'eyJhbGciOi.J9.signature';
    const { trace, server } = await runAgainst(
      { ...described, options: { auth: 'bearer' } },
      { apiKey, session: { apiKey } },
    );
    assert.equal(trace.failure, null);
    assert.equal(server.requests[0]?.headers.authorization, `Bearer ${apiKey}`);
  });
});

describe('the text of a session with Deepgram', { concurrency: 4 }, () => {
  test('is that of the final results alone, where interim ones are not asked for', async () => {
    const { trace, server } = await runAgainst({
      ...described,
      options: { interim_results: false },
    });
    assert.equal(trace.failure, null);
    assert.deepEqual(server.violations, []);
    const events = trace.received.flatMap(({ events: all }) => all);
    assert.equal(events.filter(({ type }) => type === 'text').length, 0);
    assert.equal(events.filter(({ type }) => type === 'final').length, 2);
    assert.equal(replayTranscript(trace.received).text, 'the quick brown fox');
    assertTraceHolds(trace);
  });

  test('has words with times, of each final result', async () => {
    const { trace } = await runAgainst(described);
    const words = trace.received.flatMap(({ events }) => {
      return events.flatMap((event) => (event.type === 'words' ? event.words : []));
    });
    assert.deepEqual(
      words.map(({ text, endMs }) => [text, endMs]),
      [
        ['the', 100],
        ['quick', 200],
        ['brown', 300],
        ['fox', 400],
      ],
    );
  });
});

describe('how a session with Deepgram ends', { concurrency: 4 }, () => {
  test('with the connection, where no metadata come; interim text stays', async () => {
    const start = startOther((connection, what) => {
      if (what === 'end') connection.close(1000);
      else {
        connection.send({
          type: 'Results',
          is_final: false,
          channel: { alternatives: [{ transcript: 'hello' }] },
        });
      }
    });
    const { trace } = await runAgainst({ ...described, start });
    assert.equal(trace.failure, null);
    assert.equal(replayTranscript(trace.received).text, 'hello');
    assertTraceHolds(trace);
  });

  test('with what the close frame says', async () => {
    for (const [code, reason, name] of [
      [1008, 'The payload cannot be decoded as audio. DATA-0000', 'DATA-0000'],
      [1011, 'No audio came. See https://dpgr.am/net0001', 'NET-0001'],
      [1011, '', '1011'],
    ] as const) {
      const start = startOther((connection) => {
        connection.close(code, reason);
      });
      const { trace } = await runAgainst({ ...described, start });
      assert.equal(trace.failure?.reason, 'server_error');
      assert.equal(trace.failure.code, name);
      assertTraceHolds(trace);
    }
  });

  test('too early, where the server closes while audio is sent', async () => {
    const start = startOther((connection) => {
      connection.close(1000);
    });
    const { trace } = await runAgainst({ ...described, start });
    assert.equal(trace.failure?.reason, 'closed_early');
    assertTraceHolds(trace);
  });
});
