import { runEditorPage } from '../../../src/extension/runEditor/runEditorPage.ts';
import { startPageHost, type PageHost } from './pageHost.ts';

/** Serves the run editor's page. */
export function startRunEditorHost(): Promise<PageHost> {
  return startPageHost('runEditor', runEditorPage);
}
