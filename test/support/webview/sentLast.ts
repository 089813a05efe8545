import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { until } from '../until.ts';

const patienceMs = 5000;

/** What a page says takes a moment to get here. Fails with the difference where it never does. */
export async function sentLast<Message>(
  sent: readonly Message[],
  expected: Message,
): Promise<void> {
  await until(() => isDeepStrictEqual(sent.at(-1), expected), 'a message', patienceMs).catch(() => {
    assert.deepEqual(sent.at(-1), expected);
  });
}
