import type { Browser } from 'playwright-core';
import {
  fromTimelineSchema,
  type FromTimeline,
  type ToTimeline,
} from '../../../src/timeline/timelineMessages.ts';
import { openPage, type PageDriver, type PageOptions } from './pageDriver.ts';
import type { PageHost } from './pageHost.ts';

export interface TimelinePageOptions extends PageOptions {
  /** The answer to `ready`. */
  first: readonly ToTimeline[];
}

export type TimelinePageDriver = PageDriver<FromTimeline, ToTimeline>;

/** Opens the page and answers its `ready`. */
export function openTimelinePage(
  browser: Browser,
  host: PageHost,
  options: TimelinePageOptions,
): Promise<TimelinePageDriver> {
  const answer = ({ type }: FromTimeline): readonly ToTimeline[] =>
    type === 'ready' ? options.first : [];
  return openPage(browser, host.url, { schema: fromTimelineSchema, answer }, options);
}
