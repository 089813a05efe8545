import type { Browser } from 'playwright-core';
import {
  fromCompareSchema,
  type FromCompare,
  type ToCompare,
} from '../../../src/compareview/compareMessages.ts';
import type { CompareView } from '../../../src/compareview/compareView.ts';
import { checkPage, openPage, type PageDriver, type PageOptions } from './pageDriver.ts';
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

export interface ComparisonOptions extends PageOptions {
  /** The answer to `ready`; by default the view. */
  first?: readonly ToCompare[];
}

export interface ComparisonPage {
  browser: Browser;
  host: PageHost;
  view: CompareView;
  options: ComparisonOptions;
}

export function comparisonOf(view: CompareView, isOutdated = false): ToCompare {
  return { type: 'comparison', view, isOutdated };
}

/** Opens a page with a view, checks with it, and then that nothing went wrong in it unnoticed. */
export async function checkComparison(
  { browser, host, view, options }: ComparisonPage,
  check: (driver: ComparePageDriver) => Promise<void>,
): Promise<void> {
  const { first = [comparisonOf(view)], ...others } = options;
  const answer = ({ type }: FromCompare) => (type === 'ready' ? first : []);
  const driver = await openComparePage(browser, host, { answer, ...others });
  await checkPage(driver, async () => {
    if (!options.first) await driver.page.locator('.compare-head').waitFor();
    await check(driver);
  });
}

/** The name of the metric that is chosen on the page. */
export function chosenRow({ page }: ComparePageDriver): Promise<string> {
  return page.locator('.metrics [aria-selected="true"] .name-long').innerText();
}
