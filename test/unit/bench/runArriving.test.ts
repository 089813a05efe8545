import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { runArriving } from '../../../src/bench/runArriving.ts';
import { monotonicClock } from '../../../src/common/clock.ts';

const clock = monotonicClock();
const never = new AbortController().signal;

test('jobs start when they are to, and do not wait for each other', async () => {
  const offsetsMs = [0, 20, 40, 60];
  const started: number[] = [];
  const planned: number[] = [];
  let active = 0;
  let most = 0;
  const beginUs = clock.nowUs();
  await runArriving([0, 1, 2, 3], { offsetsMs, clock, signal: never }, async (_, plannedUs) => {
    started.push(clock.nowUs());
    planned.push(plannedUs);
    most = Math.max(most, ++active);
    // Longer than all starts take: none of them would begin if it waited.
    while (started.length < 4) await sleep(5);
    active -= 1;
  });
  assert.equal(most, 4);
  assert.deepEqual(
    planned.map((atUs) => atUs - planned[0]!),
    [0, 20_000, 40_000, 60_000],
  );
  assert.ok(planned[0]! >= beginUs);
  // A timer may be late, and at most a millisecond early.
  assert.ok(started.every((atUs, i) => atUs >= planned[i]! - 1000));
});

test('starts nothing more once aborted, and waits for what is under way', async () => {
  const stop = new AbortController();
  let ended = false;
  const offsetsMs = [0, 60_000];
  await runArriving(['first', 'later'], { offsetsMs, clock, signal: stop.signal }, async (job) => {
    assert.equal(job, 'first');
    stop.abort();
    await sleep(10);
    ended = true;
  });
  assert.ok(ended);
});

test('a failure stops further starts and is thrown at the end', async () => {
  const offsetsMs = [0, 0, 60_000];
  let ended = false;
  const run = runArriving([0, 1, 2], { offsetsMs, clock, signal: never }, async (job) => {
    if (job === 1) throw new Error('disk full');
    await sleep(10);
    ended = true;
  });
  await assert.rejects(run, /disk full/);
  assert.ok(ended);
});
