import { webviewPage, type PageFiles } from '../webviewPage.ts';

/** The run editor's page. */
export function runEditorPage(files: PageFiles): string {
  return webviewPage({ ...files, title: 'RTBench Run', rootId: 'run', playsAudio: false });
}
