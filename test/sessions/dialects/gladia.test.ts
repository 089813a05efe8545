import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gladia } from '../../../src/dialects/protocols/gladia.ts';
import { replayTranscript } from '../../../src/metrics/transcriptReplay.ts';
import {
  assertTraceHolds,
  describeDialect,
  runAgainst,
} from '../../support/dialects/describeDialect.ts';
import type { DescribedDialect } from '../../support/dialects/describeDialect.ts';
import { startDialectServer } from '../../support/dialects/dialectServer.ts';
import type { DialectServerKind } from '../../support/dialects/dialectServer.ts';
import { gladiaServer, gladiaSessionRequests } from '../../support/dialects/gladiaServer.ts';

const described: DescribedDialect = {
  dialect: gladia,
  start: (script) => startDialectServer(gladiaServer, script),
  hasKey: true,
};

describeDialect(described);

/** A server whose first answer to audio is what `act` does. */
function startOther(act: DialectServerKind['protocol']) {
  return () => startDialectServer({ ...gladiaServer, protocol: act });
}

describe('how a session with Gladia is opened', { concurrency: 4 }, () => {
  const apiKey = 'gl-0123456789-very-secret';

  test('keeps the token of its address secret, and the key to the request', async () => {
    const { trace, server } = await runAgainst(described, { apiKey, session: { apiKey } });
    assert.equal(trace.failure, null);
    const [asked, connected] = server.requests;
    assert.equal(asked?.headers['x-gladia-key'], apiKey);
    assert.equal(connected?.headers['x-gladia-key'], undefined);
    const token = new URL(connected?.url ?? '', server.url).searchParams.get('token');
    assert.ok(token);
    assert.ok(!JSON.stringify(trace).includes(token));
  });

  test('passes on model, options and query', async () => {
    const { trace, server } = await runAgainst({
      ...described,
      model: 'solaria-2',
      options: {
        endpointing: 0.1,
        query: { region: 'eu-west' },
        config: { language_config: { languages: ['de'] }, messages_config: null },
      },
    });
    assert.equal(trace.failure, null);
    assert.deepEqual(server.violations, []);
    assert.equal(server.requests[0]?.url, '/v2/live?region=eu-west');
    assert.deepEqual(gladiaSessionRequests(server), [
      {
        encoding: 'wav/pcm',
        bit_depth: 16,
        sample_rate: 16_000,
        channels: 1,
        model: 'solaria-2',
        endpointing: 0.1,
        language_config: { languages: ['de'] },
      },
    ]);
    assertTraceHolds(trace);
  });

  test('is told what is wrong with it', async () => {
    const { trace } = await runAgainst({ ...described, options: { config: { nonsense: true } } });
    assert.equal(trace.failure?.reason, 'upgrade_refused');
    assert.equal(trace.failure.code, '422');
    assert.match(trace.failure.message, /Invalid parameter/);
  });

  test('is told that the account is at its limit', async () => {
    const start = () => {
      return startDialectServer({
        ...gladiaServer,
        http: (_, response) => {
          response.writeHead(429).end('{"message":"Too many sessions"}');
          return true;
        },
      });
    };
    const { trace } = await runAgainst({ ...described, start });
    assert.equal(trace.failure?.code, '429');
    assert.match(trace.failure.message, /lower the concurrency/);
  });

  test('gives up where the answer holds no address', async () => {
    for (const body of ['{}', 'hello', '{"url":"https://elsewhere/"}']) {
      const start = () => {
        return startDialectServer({
          ...gladiaServer,
          http: (_, response) => {
            response.writeHead(201).end(body);
            return true;
          },
        });
      };
      const { trace } = await runAgainst({ ...described, start });
      assert.equal(trace.failure?.reason, 'request_invalid');
      assert.match(trace.failure.message, /without an address/);
    }
  });
});

describe('how a session with Gladia ends', { concurrency: 4 }, () => {
  test('with the connection, where lifecycle messages are off', async () => {
    const { trace } = await runAgainst({
      ...described,
      options: { config: { messages_config: { receive_lifecycle_events: false } } },
    });
    assert.equal(trace.failure, null);
    assert.match(trace.received.at(-1)?.raw ?? '', /connection closed, 1000/);
    assert.equal(replayTranscript(trace.received).text, 'the quick brown fox');
    assertTraceHolds(trace);
  });

  test('with a close code that the service gives', async () => {
    const start = startOther((connection) => ({
      text: () => undefined,
      binary: () => {
        connection.close(4403, 'Session has ended');
      },
      fail: () => undefined,
    }));
    const { trace } = await runAgainst({ ...described, start });
    assert.equal(trace.failure?.reason, 'server_error');
    assert.equal(trace.failure.code, '4403');
    assertTraceHolds(trace);
  });

  test('too early, where the server closes while audio is sent', async () => {
    const start = startOther((connection) => ({
      text: () => undefined,
      binary: () => {
        connection.close(1000);
      },
      fail: () => undefined,
    }));
    const { trace } = await runAgainst({ ...described, start });
    assert.equal(trace.failure?.reason, 'closed_early');
    assertTraceHolds(trace);
  });

  test('as usual, though a chunk was refused', async () => {
    let refused = false;
    const start = startOther((connection) => {
      const protocol = gladiaServer.protocol(connection);
      return {
        text: (text) => {
          protocol.text(text);
        },
        binary: (bytes) => {
          if (!refused) {
            refused = true;
            const error = { message: 'Audio chunk too large' };
            connection.send({ type: 'audio_chunk', acknowledged: false, error, data: null });
          }
          protocol.binary(bytes);
        },
        fail: () => undefined,
      };
    });
    const { trace } = await runAgainst({ ...described, start });
    assert.equal(trace.failure, null);
    const errors = trace.received.flatMap(({ events }) => events.filter((e) => e.type === 'error'));
    const message = 'Audio chunk too large';
    assert.deepEqual(errors, [{ type: 'error', code: 'audio_chunk', message, fatal: false }]);
  });
});
