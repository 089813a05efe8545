import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 50;

/** Resolves when `holds` does; rejects, saying what was waited for, after `timeoutMs`. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  what: string,
  timeoutMs = 20_000,
): Promise<void> {
  const endMs = performance.now() + timeoutMs;
  while (!(await holds())) {
    if (performance.now() > endMs) throw new Error(`Waited ${timeoutMs / 1000} s for ${what}.`);
    await sleep(pollMs);
  }
}
