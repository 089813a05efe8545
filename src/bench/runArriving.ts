import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../common/clock.ts';

export interface ArrivingLoad {
  /** When each job starts, milliseconds after the call. */
  offsetsMs: readonly number[];
  clock: Clock;
  signal: AbortSignal;
}

/**
 * Open load: each job starts at its time, whether or not others have ended.
 * Resolves when all jobs ended, or, once `signal` is aborted, when those under way have.
 * The first rejection of `run` stops further starts and is thrown after the rest has ended.
 *
 * @param run gets what the clock was to show at its start
 */
export async function runArriving<Job>(
  jobs: readonly Job[],
  { offsetsMs, clock, signal }: ArrivingLoad,
  run: (job: Job, scheduledStartUs: number) => Promise<void>,
): Promise<void> {
  const stop = new AbortController();
  const ended = AbortSignal.any([signal, stop.signal]);
  const failures: unknown[] = [];
  const underWay: Promise<void>[] = [];
  const beginUs = clock.nowUs();
  for (const [place, job] of jobs.entries()) {
    const startUs = beginUs + Math.round(offsetsMs[place]! * 1000);
    const leftMs = Math.ceil((startUs - clock.nowUs()) / 1000);
    if (leftMs > 0) await sleep(leftMs, undefined, { signal: ended }).catch(() => undefined);
    if (ended.aborted) break;
    underWay.push(
      run(job, startUs).catch((error: unknown) => {
        failures.push(error);
        stop.abort();
      }),
    );
  }
  await Promise.all(underWay);
  if (failures.length > 0) throw failures[0];
}
