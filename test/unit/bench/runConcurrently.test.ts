import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { runConcurrently } from '../../../src/bench/runConcurrently.ts';

const never = new AbortController().signal;
/** That are there all the time. */
const users = (count: number) =>
  Array.from({ length: count }, () => ({ fromMs: 0, untilMs: Infinity }));
const jobs = Array.from({ length: 20 }, (_, i) => i);

test('runs every job once and never more at a time than users', async () => {
  let active = 0;
  let most = 0;
  const done: number[] = [];
  await runConcurrently(jobs, { users: users(3), signal: never }, async (job) => {
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
  await runConcurrently(jobs, { users: users(2), signal: controller.signal }, async (job) => {
    started.push(job);
    if (started.length === 4) controller.abort();
    await sleep(1);
  });
  assert.equal(started.length, 4);
});

test('throws the first failure after the jobs under way have ended', async () => {
  const ended: number[] = [];
  const run = runConcurrently(jobs, { users: users(2), signal: never }, async (job) => {
    if (job === 1) throw new Error('disk full');
    await sleep(20);
    ended.push(job);
  });
  await assert.rejects(run, /disk full/);
  assert.deepEqual(ended, [0]);
});

test('a user starts nothing outside of its shift', async () => {
  const shifts = [
    { fromMs: 0, untilMs: Infinity },
    { fromMs: 0, untilMs: 30 },
    { fromMs: 60, untilMs: Infinity },
  ];
  const begin = performance.now();
  const started: { user: number; atMs: number }[] = [];
  await runConcurrently(jobs, { users: shifts, signal: never }, async (_, user) => {
    started.push({ user, atMs: performance.now() - begin });
    await sleep(12);
  });
  const of = (user: number) => started.filter((each) => each.user === user);
  assert.equal(started.length, jobs.length);
  assert.ok(of(1).every(({ atMs }) => atMs < 31));
  assert.ok(of(2).length > 0 && of(2).every(({ atMs }) => atMs > 59));
});

test('nobody waits for a shift in which nothing is left to do', async () => {
  const shifts = [
    { fromMs: 0, untilMs: Infinity },
    { fromMs: 3_600_000, untilMs: Infinity },
  ];
  let done = 0;
  await runConcurrently(jobs, { users: shifts, signal: never }, () => {
    done += 1;
    return Promise.resolve();
  });
  assert.equal(done, jobs.length);
});
