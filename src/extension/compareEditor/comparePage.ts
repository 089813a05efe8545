import { webviewPage, type PageFiles } from '../webviewPage.ts';

/** The compare editor's page. It plays files of the webview's own origin. */
export function comparePage(files: PageFiles): string {
  return webviewPage({ ...files, title: 'RTBench Compare', rootId: 'compare', playsAudio: true });
}
