import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { chromiumFlags, chromiumRemedy, findChromium } from './chromium.ts';

/**
 * For `node:test`'s `skip` option: false where there is a browser, else why the test cannot run.
 * Where `CI` is set nothing is skipped, so that a missing browser fails instead of passing.
 */
export function skipWithoutChromium(): string | false {
  return findChromium() === null && !process.env.CI ? chromiumRemedy : false;
}

/**
 * Starts headless Chromium.
 *
 * @throws Error that says how to get one where there is none.
 */
export async function launchChromium(extraFlags: readonly string[] = []): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error(chromiumRemedy);
  return chromium.launch({ executablePath, args: [...chromiumFlags, ...extraFlags] });
}
