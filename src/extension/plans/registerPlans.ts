import * as vscode from 'vscode';
import type { ApiKeyStore } from '../endpoints/apiKeyStore.ts';
import { registerCommands } from '../registerCommands.ts';
import { reportError } from '../reportError.ts';
import type { Services } from '../services.ts';
import { registerPlanTests } from '../testing/registerPlanTests.ts';
import { PlanList } from './planList.ts';
import { PlansTree } from './plansTree.ts';
import { planUri } from './planUri.ts';

/** Plan files: their view, their tests and their commands. */
export function registerPlans(services: Services, keys: ApiKeyStore): vscode.Disposable {
  const plans = new PlanList();
  const tree = new PlansTree(plans);
  const soon = setTimeout(() => {
    tree.look().catch((error: unknown) => {
      reportError(services.log, 'Plans could not be looked for', error);
    });
  }, 0);
  return vscode.Disposable.from(
    plans,
    tree,
    registerPlanTests(services, plans),
    vscode.window.createTreeView('rtbench.plans', { treeDataProvider: tree }),
    new vscode.Disposable(() => {
      clearTimeout(soon);
    }),
    // What they need is loaded only when it is needed.
    registerCommands(services.log, {
      'rtbench.createPlan': async () => (await import('./createPlan.ts')).createPlan(services),
      'rtbench.openPlan': async (argument) => {
        await vscode.window.showTextDocument(planUri(argument));
      },
      'rtbench.openPlanResult': async (argument) =>
        (await import('./planResults.ts')).openPlanResult(argument),
      'rtbench.comparePlanWithLast': async (argument) =>
        (await import('./planResults.ts')).comparePlanWithLast(services, argument),
      'rtbench.keepPlanSecret': async (argument, keyPath) =>
        (await import('./keepPlanSecret.ts')).keepPlanSecret(keys, argument, keyPath),
    }),
  );
}
