import * as vscode from 'vscode';
import { registerCommands } from '../registerCommands.ts';
import { reportError } from '../reportError.ts';
import type { Services } from '../services.ts';
import type { BenchmarkCommands } from './benchmarkCommands.ts';

/** Running benchmarks, transcribing, and recovering what was interrupted. */
export function registerBenchmark(services: Services): vscode.Disposable {
  let loaded: Promise<BenchmarkCommands> | null = null;
  // Loaded only when needed: it brings schemas that activation need not wait for.
  const commands = (): Promise<BenchmarkCommands> =>
    (loaded ??= import('./benchmarkCommands.ts').then(
      ({ BenchmarkCommands }) => new BenchmarkCommands(services),
    ));
  const unload = new vscode.Disposable(() => {
    void loaded?.then((benchmarks) => {
      benchmarks.dispose();
    });
  });
  return vscode.Disposable.from(
    unload,
    registerCommands(services.log, {
      'rtbench.runBenchmark': async () => (await commands()).run(null),
      'rtbench.benchmarkResource': async (argument) =>
        (await commands()).run(argument instanceof vscode.Uri ? argument : null),
      'rtbench.runAgain': async (argument) => (await commands()).runAgain(argument),
      'rtbench.runPlan': async (argument, choice) => (await commands()).runPlan(argument, choice),
      'rtbench.transcribe': async (argument) => (await commands()).transcribe(argument),
      'rtbench.cancelBenchmark': async () => {
        (await commands()).stop();
      },
      'rtbench.benchmarkMenu': async () => (await commands()).menu(),
    }),
    recoverWhenTrusted(services),
  );
}

function recoverWhenTrusted(services: Services): vscode.Disposable {
  const recover = (): void => {
    import('./recovery.ts')
      .then(({ offerRecovery }) => offerRecovery(services))
      .catch((error: unknown) => {
        reportError(services.log, 'Interrupted benchmarks could not be looked for', error);
      });
  };
  if (vscode.workspace.isTrusted) {
    const soon = setTimeout(recover, 0);
    return new vscode.Disposable(() => {
      clearTimeout(soon);
    });
  }
  return vscode.workspace.onDidGrantWorkspaceTrust(recover);
}
