import * as vscode from 'vscode';
import { compareActions } from '../../compareview/compareActions.ts';
import { registerCommands, type CommandHandler } from '../registerCommands.ts';
import type { Services } from '../services.ts';
import type { CompareDocument } from './compareDocument.ts';
import type { CompareEditorProvider } from './compareEditorProvider.ts';
import { compareViewType } from './compareUri.ts';

/** The editor of comparisons, and the commands that act on the one in front. */
export function registerCompareEditor(services: Services): vscode.Disposable {
  let loaded: Promise<CompareEditorProvider> | null = null;
  // Loaded only when needed: it brings schemas that activation need not wait for.
  const load = (): Promise<CompareEditorProvider> =>
    (loaded ??= import('./compareEditorProvider.ts').then(
      (module) => new module.CompareEditorProvider(services),
    ));
  const provider: vscode.CustomReadonlyEditorProvider<CompareDocument> = {
    openCustomDocument: async (uri) => (await load()).openCustomDocument(uri),
    resolveCustomEditor: async (document, view) => {
      (await load()).resolveCustomEditor(document, view);
    },
  };
  const commands = compareActions.map((action): [string, CommandHandler] => [
    `rtbench.compare.${action}`,
    async () => {
      (await load()).perform(action);
    },
  ]);
  return vscode.Disposable.from(
    vscode.window.registerCustomEditorProvider(compareViewType, provider, {
      supportsMultipleEditorsPerDocument: true,
    }),
    registerCommands(services.log, Object.fromEntries(commands)),
    new vscode.Disposable(() => {
      void loaded?.then((editor) => {
        editor.dispose();
      });
    }),
  );
}
