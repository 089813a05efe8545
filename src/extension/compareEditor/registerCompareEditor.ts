import * as vscode from 'vscode';
import type { CompareAction } from '../../compareview/compareActions.ts';
import { registerCommands, type CommandHandler } from '../registerCommands.ts';
import type { Services } from '../services.ts';
import { CompareEditorProvider } from './compareEditorProvider.ts';
import { compareViewType } from './compareUri.ts';

const actions: readonly CompareAction[] = ['nextDifference', 'previousDifference', 'swapSides'];

/** The editor of comparisons, and the commands that act on the one in front. */
export function registerCompareEditor(services: Services): vscode.Disposable {
  const provider = new CompareEditorProvider(services);
  const commands = actions.map((action): [string, CommandHandler] => [
    `rtbench.compare.${action}`,
    () => {
      provider.perform(action);
    },
  ]);
  return vscode.Disposable.from(
    provider,
    vscode.window.registerCustomEditorProvider(compareViewType, provider, {
      supportsMultipleEditorsPerDocument: true,
    }),
    registerCommands(services.log, Object.fromEntries(commands)),
  );
}
