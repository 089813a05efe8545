import { setTimeout as sleep } from 'node:timers/promises';
import type { UserShift } from './userShifts.ts';

export interface ConcurrentLoad {
  users: readonly UserShift[];
  signal: AbortSignal;
}

/**
 * Closed load: each user starts its next job when its previous one has ended, within its shift.
 * Resolves when all jobs ended, or, once `signal` is aborted, when those under way have.
 * The first rejection of `run` stops further starts and is thrown after the rest has ended.
 */
export async function runConcurrently<Job>(
  jobs: readonly Job[],
  { users, signal }: ConcurrentLoad,
  run: (job: Job, user: number) => Promise<void>,
): Promise<void> {
  let begun = 0;
  const failures: unknown[] = [];
  const noMore = new AbortController();
  const ended = AbortSignal.any([signal, noMore.signal]);
  const beginMs = performance.now();

  async function user({ fromMs, untilMs }: UserShift, index: number): Promise<void> {
    if (fromMs > 0) await sleep(fromMs, undefined, { signal: ended }).catch(() => undefined);
    while (!ended.aborted && performance.now() - beginMs < untilMs) {
      const job = jobs[begun++]!;
      // Nobody need wait for the start of a shift in which nothing is left to do.
      if (begun === jobs.length) noMore.abort();
      try {
        await run(job, index);
      } catch (error) {
        failures.push(error);
        noMore.abort();
      }
    }
  }

  await Promise.all(users.map(user));
  if (failures.length > 0) throw failures[0];
}
