import * as vscode from 'vscode';
import type { PlanList } from '../plans/planList.ts';
import { isPlanOnDisk } from '../plans/planUri.ts';
import { reportError } from '../reportError.ts';
import type { Services } from '../services.ts';
import type { PlanTests } from './planTests.ts';

/** As package.json names it. */
const controllerId = 'rtbench.plans';

/**
 * Plans with thresholds as tests. The Testing view hears of them as soon as there is a plan; plans
 * are read when that view, or a plan, is opened.
 */
export function registerPlanTests(services: Services, plans: PlanList): vscode.Disposable {
  const registered = new RegisteredPlanTests(services, plans);
  const soon = setTimeout(() => {
    registered.look();
  }, 0);
  return vscode.Disposable.from(
    registered,
    new vscode.Disposable(() => {
      clearTimeout(soon);
    }),
    plans.onDidChange(() => {
      registered.look();
    }),
    vscode.workspace.onDidOpenTextDocument(({ uri }) => {
      if (isPlanOnDisk(uri)) registered.show();
    }),
  );
}

class RegisteredPlanTests implements vscode.Disposable {
  readonly #services: Services;
  readonly #plans: PlanList;
  #controller: vscode.TestController | null = null;
  #tests: Promise<PlanTests> | null = null;

  constructor(services: Services, plans: PlanList) {
    this.#services = services;
    this.#plans = plans;
  }

  /** Finds out whether there is a plan. */
  look(): void {
    if (this.#controller) return;
    // Who looks for plans first reports where that fails.
    void this.#plans.list().then(
      (found) => {
        if (found.some(isPlanOnDisk)) this.#register();
      },
      () => undefined,
    );
    if (vscode.workspace.textDocuments.some(({ uri }) => isPlanOnDisk(uri))) this.show();
  }

  /** A plan is open: its thresholds are marked. */
  show(): void {
    this.#load(this.#register()).catch((error: unknown) => {
      reportError(this.#services.log, 'The tests of plans could not be loaded', error);
    });
  }

  dispose(): void {
    void this.#tests?.then((tests) => {
      tests.dispose();
    });
    this.#controller?.dispose();
  }

  #register(): vscode.TestController {
    if (this.#controller) return this.#controller;
    const controller = vscode.tests.createTestController(controllerId, 'RTBench');
    this.#controller = controller;
    const load = () => this.#load(controller);
    controller.resolveHandler = async (item) => {
      if (!item) await (await load()).discover();
    };
    controller.refreshHandler = async () => {
      this.#plans.look();
      await (await load()).discover();
    };
    const { Run } = vscode.TestRunProfileKind;
    controller.createRunProfile(
      'Benchmark',
      Run,
      async (request) => (await load()).benchmark(request),
      true,
    );
    controller.createRunProfile('Check Last Results', Run, async (request) =>
      (await load()).checkLastResults(request),
    );
    return controller;
  }

  #load(controller: vscode.TestController): Promise<PlanTests> {
    return (this.#tests ??= import('./planTests.ts').then(
      ({ PlanTests }) => new PlanTests(this.#services, this.#plans, controller),
    ));
  }
}
