import * as vscode from 'vscode';
import { reportError } from '../reportError.ts';
import type { Services } from '../services.ts';

/** Starts the language server when the first plan is opened. */
export function registerPlanLanguage(services: Services): vscode.Disposable {
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
      reportError(services.log, 'The language server for plans could not be started', error);
    });
  };
  const look = ({ uri }: vscode.TextDocument): void => {
    if (uri.path.endsWith('.rtplan.json')) start();
  };
  vscode.workspace.textDocuments.forEach(look);
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(look),
    // It looks at files only in trusted workspaces.
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      if (client === null) return;
      stop();
      start();
    }),
    new vscode.Disposable(stop),
  );
}
