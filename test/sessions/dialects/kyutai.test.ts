import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kyutai } from '../../../src/dialects/protocols/kyutai.ts';
import { replayTranscript } from '../../../src/metrics/transcriptReplay.ts';
import type { SessionTrace } from '../../../src/trace/sessionTrace.ts';
import {
  assertTraceHolds,
  describeDialect,
  runAgainst,
} from '../../support/dialects/describeDialect.ts';
import type { DescribedDialect } from '../../support/dialects/describeDialect.ts';
import { startDialectServer } from '../../support/dialects/dialectServer.ts';
import { kyutaiServer, kyutaiServerThat } from '../../support/dialects/kyutaiServer.ts';
import type { KyutaiBehaviour } from '../../support/dialects/kyutaiServer.ts';

const described: DescribedDialect = {
  dialect: kyutai,
  start: (script) => startDialectServer(kyutaiServer, script),
  hasKey: true,
};

function thatBehaves(behaviour: KyutaiBehaviour): DescribedDialect {
  const kind = kyutaiServerThat(behaviour);
  return { ...described, start: (script) => startDialectServer(kind, script) };
}

function timesOf({ received }: SessionTrace): [number, number][] {
  const events = received.flatMap((message) => message.events);
  return events.flatMap((event) =>
    event.type === 'words'
      ? event.words.map(({ startMs, endMs }): [number, number] => [startMs, endMs])
      : [],
  );
}

describeDialect(described);

test('times of words count from the first sample of the speech', async () => {
  const { trace } = await runAgainst(described);
  // Chunks of 100 ms, steps of 80 ms, a second of silence in front.
  assert.deepEqual(timesOf(trace), [
    [40, 120],
    [120, 200],
    [280, 360],
    [360, 440],
  ]);
});

test('a word that nobody ends ends where the next one begins', async () => {
  const { trace } = await runAgainst(thatBehaves({ saysNoEnds: true }));
  assert.equal(trace.failure, null);
  assertTraceHolds(trace);
  assert.deepEqual(timesOf(trace), [
    [40, 120],
    [120, 280],
    [280, 360],
    [360, 360],
  ]);
});

test('words that the model still owes at the end of the audio come before the marker', async () => {
  const { trace } = await runAgainst(described, { messagesPerWord: 5 });
  assert.equal(trace.failure, null);
  assert.equal(replayTranscript(trace.received).text, 'the quick brown fox');
});

test('a server that never says that it is ready gets its audio', async () => {
  const { trace, server } = await runAgainst(thatBehaves({ isSingle: true }));
  assert.equal(trace.failure, null);
  assert.deepEqual(server.violations, []);
  assert.equal(replayTranscript(trace.received).text, 'the quick brown fox');
});

test('without silence behind it the marker does not come back', async () => {
  const { trace } = await runAgainst(
    { ...described, options: { silenceAfterMarkerMs: 0 } },
    { session: { deadlines: { connectMs: 5000, readyMs: 5000, idleMs: 5000, finalMs: 300 } } },
  );
  assert.equal(trace.failure?.reason, 'final_timeout');
  assertTraceHolds(trace);
});

test('a server without a free place says so', async () => {
  const { trace } = await runAgainst(thatBehaves({ isFull: true }));
  assert.equal(trace.failure?.reason, 'server_error');
  assert.equal(trace.failure.code, 'no_free_channels');
  assert.match(trace.failure.message, /fewer sessions at a time/);
  assertTraceHolds(trace);
});

test('the key is the public one, that of the address, or that of the user', () => {
  const headersAt = (url: string, apiKey: string | null): Record<string, string> =>
    kyutai.request({ url, model: null, language: null, options: {} }, apiKey).headers;
  assert.deepEqual(headersAt('ws://host', null), { 'kyutai-api-key': 'public_token' });
  assert.deepEqual(headersAt('ws://host/api/asr-streaming?auth_id=mine', null), {});
  assert.deepEqual(headersAt('ws://host?auth_id=mine', 'other'), { 'kyutai-api-key': 'other' });
});
