import type * as vscode from 'vscode';
import { registerCommands } from '../registerCommands.ts';
import type { Services } from '../services.ts';
import type { CompareCommands } from './compareCommands.ts';

/** The ways into a comparison. */
export function registerCompareCommands(services: Services): vscode.Disposable {
  let loaded: Promise<CompareCommands> | null = null;
  // Loaded only when needed: it brings schemas that activation need not wait for.
  const commands = (): Promise<CompareCommands> =>
    (loaded ??= import('./compareCommands.ts').then(
      ({ CompareCommands }) => new CompareCommands(services),
    ));
  return registerCommands(services.log, {
    'rtbench.compareSelected': async (argument, selection) =>
      (await commands()).selected(argument, selection),
    'rtbench.compareRuns': async () => (await commands()).ask(),
    'rtbench.compareWith': async (argument) => (await commands()).with(argument),
    'rtbench.compareWithBaseline': async (argument) => (await commands()).withBaseline(argument),
    'rtbench.compareWithPrevious': async (argument) => (await commands()).withPrevious(argument),
    'rtbench.compareDiff': async () => (await commands()).diff(),
  });
}
