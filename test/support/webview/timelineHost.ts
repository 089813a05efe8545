import { timelinePage } from '../../../src/extension/timeline/timelinePage.ts';
import { startPageHost, type PageHost } from './pageHost.ts';

/** Serves the timeline's page. */
export function startTimelineHost(): Promise<PageHost> {
  return startPageHost('timeline', timelinePage);
}
