import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mistral } from '../../../src/dialects/protocols/mistral.ts';
import { replayTranscript } from '../../../src/metrics/transcriptReplay.ts';
import {
  assertTraceHolds,
  describeDialect,
  runAgainst,
} from '../../support/dialects/describeDialect.ts';
import type { DescribedDialect } from '../../support/dialects/describeDialect.ts';
import { startDialectServer } from '../../support/dialects/dialectServer.ts';
import { mistralServer, mistralServerThat } from '../../support/dialects/mistralServer.ts';

const described: DescribedDialect = {
  dialect: mistral,
  start: (script) => startDialectServer(mistralServer, script),
  hasKey: true,
};

describeDialect(described);

test('no audio is sent before the configuration is acknowledged', async () => {
  const options = { targetStreamingDelayMs: 2400 };
  const { trace, server } = await runAgainst({ ...described, options });
  assert.equal(trace.failure, null);
  assert.deepEqual(server.violations, []);
  const [created, update, updated] = (server.wire[0] ?? []).map(({ from, data }) => {
    const { type } = JSON.parse(data.toString()) as { type: string };
    return `${from} ${type}`;
  });
  assert.equal(created, 'server session.created');
  assert.equal(update, 'client session.update');
  assert.equal(updated, 'server session.updated');
  assert.deepEqual(
    trace.received.flatMap(({ events }) => events).find(({ type }) => type === 'usage'),
    { type: 'usage', outputTokens: 9, inputTokens: 12, audioMs: 1000 },
  );
});

test('a text that comes at the end only is taken', async () => {
  const start: DescribedDialect['start'] = (script) =>
    startDialectServer(mistralServerThat({ staysSilent: true }), script);
  const { trace } = await runAgainst({ ...described, start });
  assert.equal(trace.failure, null);
  assertTraceHolds(trace);
  assert.equal(replayTranscript(trace.received).text, 'the quick brown fox');
});

test('a session that is refused ends with what the service says', async () => {
  const refuses = { message: { detail: 'model not found' }, code: 404 };
  const start: DescribedDialect['start'] = (script) =>
    startDialectServer(mistralServerThat({ refuses }), script);
  const { trace } = await runAgainst({ ...described, start });
  assert.equal(trace.failure?.reason, 'server_error');
  assert.equal(trace.failure.code, '404');
  assert.match(trace.failure.message, /model not found.*transcribes in real time/s);
  assertTraceHolds(trace);
});

test('longer chunks than a message may carry are refused beforehand', async () => {
  const pacing = { mode: 'burst', speed: 1, chunkMs: 8_193 } as const;
  const { trace } = await runAgainst(described, { session: { pacing } });
  assert.equal(trace.failure?.reason, 'request_invalid');
});

test('a delay that the service does not know is refused beforehand', async () => {
  const options = { targetStreamingDelayMs: 2_000 };
  const { trace } = await runAgainst({ ...described, options });
  assert.equal(trace.failure?.reason, 'request_invalid');
  assert.match(trace.failure.message, /80 to 1200, or 2400/);
});
