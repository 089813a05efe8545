import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AudioStore } from '../../../src/bench/audioStore.ts';
import { runSessions } from '../../../src/bench/runSessions.ts';
import { planJobs } from '../../../src/bench/sessionJob.ts';
import { monotonicClock } from '../../../src/common/clock.ts';
import { vllmRealtime } from '../../../src/dialects/protocols/vllmRealtime.ts';
import { exampleRun } from '../../support/exampleRun.ts';

/** Sessions that end at once, because there is nothing to send; what happens is told by `happens`. */
async function runUnsent(happens: (what: string) => void, keep: () => Promise<void>) {
  const { plan } = exampleRun();
  const settings = { url: 'ws://127.0.0.1:9', model: null, language: null, options: {} };
  await runSessions({
    plan,
    jobs: planJobs(plan, ['one', 'two']),
    endpoints: [{ id: 'local', dialect: vllmRealtime, settings, apiKey: null }],
    store: new AudioStore(),
    unusable: new Map(),
    recordedStartsMs: [],
    clock: monotonicClock(),
    proxy: null,
    signal: new AbortController().signal,
    observer: {
      sessionStarted: ({ utteranceId }) => {
        happens(`${utteranceId} starts`);
      },
      sessionEnded: ({ utteranceId }) => {
        happens(`${utteranceId} is told as ended`);
      },
    },
    keep: async ({ utteranceId }) => {
      await nextTurn();
      await keep();
      happens(`${utteranceId} is kept`);
    },
  });
}

test('a session is told as ended only once it is kept', async () => {
  const order: string[] = [];
  await runUnsent(
    (what) => order.push(what),
    () => Promise.resolve(),
  );
  assert.deepEqual(order, [
    'one starts',
    'one is kept',
    'one is told as ended',
    'two starts',
    'two is kept',
    'two is told as ended',
  ]);
});

test('a session that cannot be kept is not told as ended, and ends the run', async () => {
  const order: string[] = [];
  const running = runUnsent(
    (what) => order.push(what),
    () => Promise.reject(new Error('The disk is full.')),
  );
  await assert.rejects(running, /The disk is full/);
  assert.deepEqual(order, ['one starts']);
});
