import { webviewPage, type PageFiles } from '../webviewPage.ts';

/** The timeline's page. It plays files of the webview's own origin. */
export function timelinePage(files: PageFiles): string {
  return webviewPage({ ...files, title: 'RTBench Timeline', rootId: 'timeline', playsAudio: true });
}
