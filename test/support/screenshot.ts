import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';

const folder = path.join(import.meta.dirname, '..', '..', '.vscode-test', 'screenshots');

/** Keeps a picture of the page, or of a part of it, in `.vscode-test/screenshots/`, to look at. */
export async function screenshot(shown: Page | Locator, name: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await shown.screenshot({ path: path.join(folder, `${name}.png`) });
}
