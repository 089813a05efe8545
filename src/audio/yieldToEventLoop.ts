import { setImmediate } from 'node:timers/promises';

/** Lets sockets and timers have their turn between two blocks of a long computation. */
export async function yieldToEventLoop(): Promise<void> {
  await setImmediate();
}
