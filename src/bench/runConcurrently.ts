import { setTimeout as sleep } from 'node:timers/promises';

export interface ConcurrentLoad {
  /** How many jobs run at once. */
  users: number;
  /** First starts are spread over this time, or all chunks would reach the server in phase. */
  staggerMs: number;
  signal: AbortSignal;
}

/**
 * Closed load: each user starts its next job when its previous one has ended.
 * Resolves when all jobs ended, or, once `signal` is aborted, when those under way have.
 * The first rejection of `run` stops further starts and is thrown after the rest has ended.
 */
export async function runConcurrently<Job>(
  jobs: readonly Job[],
  { users, staggerMs, signal }: ConcurrentLoad,
  run: (job: Job, user: number) => Promise<void>,
): Promise<void> {
  const queue = jobs.values();
  const count = Math.min(users, jobs.length);
  const failures: unknown[] = [];

  async function user(index: number): Promise<void> {
    await sleep((staggerMs * index) / count, undefined, { signal }).catch(() => undefined);
    while (!signal.aborted && failures.length === 0) {
      const next = queue.next();
      if (next.done) return;
      try {
        await run(next.value, index);
      } catch (error) {
        failures.push(error);
      }
    }
  }

  await Promise.all(Array.from({ length: count }, (_, index) => user(index)));
  if (failures.length > 0) throw failures[0];
}
