import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { deepgramFlux } from '../../../src/dialects/protocols/deepgramFlux.ts';
import { replayTranscript } from '../../../src/metrics/transcriptReplay.ts';
import {
  deepgramFluxServer,
  deepgramFluxServerThat,
} from '../../support/dialects/deepgramFluxServer.ts';
import {
  assertTraceHolds,
  describeDialect,
  runAgainst,
} from '../../support/dialects/describeDialect.ts';
import type { DescribedDialect } from '../../support/dialects/describeDialect.ts';
import { startDialectServer } from '../../support/dialects/dialectServer.ts';
import type { DialectServerKind } from '../../support/dialects/dialectServer.ts';
import { testSession } from '../../support/testSession.ts';

const described: DescribedDialect = {
  dialect: deepgramFlux,
  start: (script) => startDialectServer(deepgramFluxServer, script),
  chunkMs: 80,
  hasKey: true,
};

describeDialect(described);

describe('how a session with Deepgram Flux is opened', { concurrency: 4 }, () => {
  test('passes on options and query, and text that ends early may go on', async () => {
    const options = {
      eot_threshold: 0.8,
      eager_eot_threshold: 0.4,
      eot_timeout_ms: 1000,
      query: { keyterm: ['one', 'two'] },
    };
    const { trace, server } = await runAgainst({ ...described, options });
    assert.equal(trace.failure, null);
    assert.deepEqual(server.violations, []);
    const { searchParams } = new URL(server.requests[0]!.url!, server.url);
    assert.equal(searchParams.get('eager_eot_threshold'), '0.4');
    assert.deepEqual(searchParams.getAll('keyterm'), ['one', 'two']);
    assert.ok(trace.received.some(({ raw }) => raw?.includes('EagerEndOfTurn')));
    assertTraceHolds(trace);
  });

  test('tells the language to the model of many languages, and to no other', async () => {
    const server = await startDialectServer(deepgramFluxServer);
    try {
      const settings = { url: server.url, model: 'flux-general-multi', language: 'de-AT' };
      const asked = (model: string, language: string) =>
        deepgramFlux.request({ ...settings, model, language, options: {} }, null).url;
      assert.match(asked('flux-general-multi', 'de-AT'), /language_hint=de$/);
      assert.doesNotMatch(asked('flux-general-en', 'en-US'), /language_hint/);
    } finally {
      await server.close();
    }
  });

  test('does not ask the English model for another language', async () => {
    const settings = { url: 'ws://localhost:1', model: null, language: 'fr', options: {} };
    const { trace } = await runAgainst(described, { session: { settings } });
    assert.equal(trace.failure?.reason, 'request_invalid');
    assert.match(trace.failure.message, /knows English only/);
  });
});

describe('how a session with Deepgram Flux ends', { concurrency: 4 }, () => {
  test('with the connection, whose end leaves an open turn as it is', async () => {
    const start = () =>
      startDialectServer(deepgramFluxServerThat({ leavesTurnOpen: true }), {
        words: ['the', 'quick', 'brown'],
      });
    const { trace } = await runAgainst({ ...described, start });
    assert.equal(trace.failure, null);
    assert.match(trace.received.at(-1)?.raw ?? '', /connection closed, 1000/);
    assert.equal(replayTranscript(trace.received).text, 'the quick brown');
    assertTraceHolds(trace);
  });

  test('too early, where the server closes while audio is sent', async () => {
    const kind: DialectServerKind = {
      ...deepgramFluxServer,
      protocol: (connection) => ({
        opened: () => {
          connection.send({ type: 'Connected', request_id: '1', sequence_id: 0 });
        },
        text: () => undefined,
        binary: () => {
          connection.close(1000);
        },
        fail: () => undefined,
      }),
    };
    const { trace } = await runAgainst({ ...described, start: () => startDialectServer(kind) });
    assert.equal(trace.failure?.reason, 'closed_early');
    assertTraceHolds(trace);
  });

  test('with the error in the message before the close', async () => {
    const { trace } = await runAgainst(described, { errorAfterMessages: 1 });
    assert.equal(trace.failure?.code, 'INTERNAL_SERVER_ERROR');
  });

  test('when nobody says that the connection stands', async () => {
    const kind: DialectServerKind = {
      ...deepgramFluxServer,
      protocol: () => ({ text: () => undefined, binary: () => undefined, fail: () => undefined }),
    };
    const { deadlines } = testSession('ws://localhost:1');
    const { trace } = await runAgainst(
      { ...described, start: () => startDialectServer(kind) },
      { session: { deadlines: { ...deadlines, readyMs: 200 } } },
    );
    assert.equal(trace.failure?.reason, 'ready_timeout');
    assert.equal(trace.chunks.length, 0);
  });
});
