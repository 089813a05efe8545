import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 50;

/** The first value that `look` finds; rejects, saying what was waited for, after `timeoutMs`. */
export async function waitFor<Value>(
  what: string,
  look: () => Value | undefined | Promise<Value | undefined>,
  timeoutMs = 20_000,
): Promise<Value> {
  const endMs = performance.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > endMs) throw new Error(`Waited ${timeoutMs / 1000} s for ${what}.`);
    await sleep(pollMs);
  }
}
