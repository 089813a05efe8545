import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { timelinePage } from './timelinePage.ts';

/**
 * Puts the timeline's page into a view.
 *
 * @param cacheFolder with the audio that the page plays
 */
export function fillTimelineView(
  view: vscode.WebviewPanel,
  extensionUri: vscode.Uri,
  cacheFolder: vscode.Uri,
): void {
  const { webview } = view;
  const folder = vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
  const uriOf = (file: string) =>
    webview.asWebviewUri(vscode.Uri.joinPath(folder, file)).toString();
  webview.options = { enableScripts: true, localResourceRoots: [folder, cacheFolder] };
  view.iconPath = {
    light: vscode.Uri.joinPath(extensionUri, 'media', 'timeline-light.svg'),
    dark: vscode.Uri.joinPath(extensionUri, 'media', 'timeline-dark.svg'),
  };
  webview.html = timelinePage({
    cspSource: webview.cspSource,
    nonce: randomBytes(16).toString('base64'),
    scriptUri: uriOf('timeline.js'),
    styleUris: [uriOf('codicon.css'), uriOf('timeline.css')],
  });
}
