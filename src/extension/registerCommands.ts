import * as vscode from 'vscode';
import { reportError } from './reportError.ts';

/**
 * What a command does; it gets what VS Code passes: a tree's element, a URI or nothing, and where
 * several are selected all of them.
 */
export type CommandHandler = (argument: unknown, selection?: unknown) => unknown;

/** Registers commands whose errors are logged and shown. Keys are command ids. */
export function registerCommands(
  log: vscode.LogOutputChannel,
  handlers: Readonly<Record<string, CommandHandler>>,
): vscode.Disposable {
  const registrations = Object.entries(handlers).map(([id, handler]) =>
    vscode.commands.registerCommand(id, async (argument: unknown, selection: unknown) => {
      try {
        await handler(argument, selection);
      } catch (error) {
        reportError(log, id, error);
      }
    }),
  );
  return vscode.Disposable.from(...registrations);
}
