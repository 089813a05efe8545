import type { Browser } from 'playwright-core';
import {
  fromCompareSchema,
  type FromCompare,
  type ToCompare,
} from '../../../src/compareview/compareMessages.ts';
import { openPage, type PageDriver, type PageOptions } from './pageDriver.ts';
import type { PageHost } from './pageHost.ts';

export interface ComparePageOptions extends PageOptions {
  /** What the extension says to each message; nothing by default. */
  answer: (message: FromCompare) => readonly ToCompare[];
}

export type ComparePageDriver = PageDriver<FromCompare, ToCompare>;

/** Opens the page and answers it as the extension would. */
export function openComparePage(
  browser: Browser,
  host: PageHost,
  { answer, ...options }: ComparePageOptions,
): Promise<ComparePageDriver> {
  return openPage(browser, host.url, { schema: fromCompareSchema, answer }, options);
}
