import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { runConcurrently } from '../../../src/bench/runConcurrently.ts';

const never = new AbortController().signal;
const jobs = Array.from({ length: 20 }, (_, i) => i);

test('runs every job once and never more at a time than users', async () => {
  let active = 0;
  let most = 0;
  const done: number[] = [];
  await runConcurrently(jobs, { users: 3, staggerMs: 0, signal: never }, async (job) => {
    most = Math.max(most, ++active);
    await sleep(2);
    active -= 1;
    done.push(job);
  });
  assert.deepEqual(
    done.toSorted((a, b) => a - b),
    jobs,
  );
  assert.equal(most, 3);
});

test('starts nothing more once aborted', async () => {
  const controller = new AbortController();
  const started: number[] = [];
  await runConcurrently(
    jobs,
    { users: 2, staggerMs: 0, signal: controller.signal },
    async (job) => {
      started.push(job);
      if (started.length === 4) controller.abort();
      await sleep(1);
    },
  );
  assert.equal(started.length, 4);
});

test('throws the first failure after the jobs under way have ended', async () => {
  const ended: number[] = [];
  const run = runConcurrently(jobs, { users: 2, staggerMs: 0, signal: never }, async (job) => {
    if (job === 1) throw new Error('disk full');
    await sleep(20);
    ended.push(job);
  });
  await assert.rejects(run, /disk full/);
  assert.deepEqual(ended, [0]);
});
