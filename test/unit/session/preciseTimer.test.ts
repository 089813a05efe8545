import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { monotonicClock } from '../../../src/common/clock.ts';
import { wakeAt } from '../../../src/session/preciseTimer.ts';

const clock = monotonicClock();

describe('the precise timer', () => {
  test('wakes in the order of time, never early, never inside the call', async () => {
    const startUs = clock.nowUs();
    const order: number[] = [];
    const delaysMs = [30, 5, 12.3, 0, -4, 8.001, 26];
    await Promise.all(
      delaysMs.map(
        (delayMs) =>
          new Promise<void>((resolve) => {
            const dueUs = startUs + Math.round(delayMs * 1000);
            wakeAt(clock, dueUs, () => {
              assert.ok(clock.nowUs() >= dueUs, `${delayMs} ms woke early`);
              order.push(delayMs);
              resolve();
            });
            assert.equal(order.length, 0);
          }),
      ),
    );
    assert.deepEqual(
      order,
      delaysMs.toSorted((a, b) => a - b),
    );
  });

  test('a cancelled wake-up does not come, and the others still do', async () => {
    const woken: string[] = [];
    const startUs = clock.nowUs();
    const cancel = wakeAt(clock, startUs + 5_000, () => woken.push('cancelled'));
    wakeAt(clock, startUs + 10_000, () => woken.push('kept'));
    cancel();
    cancel();
    await setTimeout(40);
    assert.deepEqual(woken, ['kept']);
  });

  test('keeps up also when it has used up its turning', async () => {
    const latenessUs: number[] = [];
    const startUs = clock.nowUs();
    await Promise.all(
      Array.from(
        { length: 300 },
        (_, index) =>
          new Promise<void>((resolve) => {
            const dueUs = startUs + index * 2_000 + 777;
            wakeAt(clock, dueUs, () => {
              latenessUs.push(clock.nowUs() - dueUs);
              resolve();
            });
          }),
      ),
    );
    const median = latenessUs.toSorted((a, b) => a - b)[150]!;
    assert.ok(median < 5_000, `median lateness ${median} µs`);
  });

  test('sleeps through a long wait instead of turning the event loop', async () => {
    const before = process.cpuUsage();
    await new Promise<void>((resolve) => {
      wakeAt(clock, clock.nowUs() + 500_000, resolve);
    });
    const used = process.cpuUsage(before);
    assert.ok((used.user + used.system) / 1000 < 150, `used ${used.user + used.system} µs of CPU`);
  });
});
