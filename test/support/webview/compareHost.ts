import { comparePage } from '../../../src/extension/compareEditor/comparePage.ts';
import { startPageHost, type PageHost } from './pageHost.ts';

/** Serves the compare editor's page. */
export function startCompareHost(): Promise<PageHost> {
  return startPageHost('compare', comparePage);
}
