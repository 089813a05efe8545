import * as vscode from 'vscode';
import { planFileEnding } from '../../planfile/planFileEnding.ts';
import { runFileEnding } from '../../runfile/runFileEnding.ts';
import { registerCommands } from '../registerCommands.ts';
import { reportError } from '../reportError.ts';
import type { Services } from '../services.ts';

/** Starts the language server when the first plan is opened, or the first run as text. */
export function registerLanguage(services: Services): vscode.Disposable {
  let client: Promise<vscode.Disposable> | null = null;
  const stop = (): void => {
    void client?.then(
      (running) => {
        running.dispose();
      },
      () => undefined,
    );
    client = null;
  };
  const start = (): void => {
    client ??= import('./languageClient.ts').then(({ startLanguageClient }) =>
      startLanguageClient(services),
    );
    client.catch((error: unknown) => {
      reportError(services.log, 'The language server could not be started', error);
    });
  };
  const lookAtDocument = ({ uri }: vscode.TextDocument): void => {
    if (uri.path.endsWith(planFileEnding)) start();
  };
  // Runs are mostly open in editors of their own, which need no language server.
  const lookAtEditors = (editors: readonly vscode.TextEditor[]): void => {
    if (editors.some(({ document }) => document.uri.path.endsWith(runFileEnding))) start();
  };
  vscode.workspace.textDocuments.forEach(lookAtDocument);
  lookAtEditors(vscode.window.visibleTextEditors);
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(lookAtDocument),
    vscode.window.onDidChangeVisibleTextEditors(lookAtEditors),
    // It looks at files only in trusted workspaces.
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      if (client === null) return;
      stop();
      start();
    }),
    registerCommands(services.log, {
      'rtbench.runText.showOnTimeline': async (run, place) =>
        (await import('./showSession.ts')).showOnTimeline(run, place),
      'rtbench.runText.openTranscript': async (run, place) =>
        (await import('./showSession.ts')).openTranscript(run, place),
    }),
    new vscode.Disposable(stop),
  );
}
