import * as vscode from 'vscode';
import type { PlanList } from '../plans/planList.ts';
import { isPlanOnDisk } from '../plans/planUri.ts';
import { reportError } from '../reportError.ts';
import { requireTrust } from '../requireTrust.ts';
import type { Services } from '../services.ts';
import { askedPlans, isAsked, type AskedPlan } from './askedPlans.ts';
import { benchmarkPlans } from './benchmarkPlans.ts';
import { checkLastResults } from './checkLastResults.ts';
import { planOutline } from './planOutline.ts';
import { PlanItems } from './planItems.ts';
import { TestReport } from './testReport.ts';

/** Who types is not disturbed by every key. */
const typingPauseMs = 300;

/** The plans of the workspace in the Testing view, as they are in their editors or on disk. */
export class PlanTests implements vscode.Disposable {
  readonly #services: Services;
  readonly #plans: PlanList;
  readonly #controller: vscode.TestController;
  readonly #items: PlanItems;
  readonly #typing = new Map<string, NodeJS.Timeout>();
  readonly #subscriptions: vscode.Disposable;

  constructor(services: Services, plans: PlanList, controller: vscode.TestController) {
    this.#services = services;
    this.#plans = plans;
    this.#controller = controller;
    this.#items = new PlanItems(controller);
    const refresh = (uri: vscode.Uri): void => {
      if (isPlanOnDisk(uri)) this.#refreshLater(uri, 0);
    };
    this.#subscriptions = vscode.Disposable.from(
      plans.onDidChange(() => {
        this.discover().catch((error: unknown) => {
          reportError(services.log, 'Plans could not be read', error);
        });
      }),
      plans.onDidWrite(refresh),
      vscode.workspace.onDidOpenTextDocument(({ uri }) => {
        refresh(uri);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        refresh(uri);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document: { uri } }) => {
        if (isPlanOnDisk(uri)) this.#refreshLater(uri, typingPauseMs);
      }),
    );
    vscode.workspace.textDocuments.forEach(({ uri }) => {
      refresh(uri);
    });
  }

  /** Reads every plan. */
  async discover(): Promise<void> {
    const opened = openPlans().map(({ uri }) => uri);
    const found = [...(await this.#plans.list()).filter(isPlanOnDisk), ...opened];
    this.#items.keep(found);
    await Promise.all(found.map((uri) => this.#refresh(uri)));
  }

  /** Runs the plans that were asked for, and says which thresholds they meet. */
  benchmark(request: vscode.TestRunRequest): Promise<void> {
    return this.#report(request, 'Running a plan', (report, asked) =>
      benchmarkPlans(this.#services, report, asked),
    );
  }

  /** Says which thresholds the newest saved runs meet. Sends nothing. */
  checkLastResults(request: vscode.TestRunRequest): Promise<void> {
    return this.#report(request, 'Reading the results of a plan', checkLastResults);
  }

  dispose(): void {
    for (const timer of this.#typing.values()) clearTimeout(timer);
    this.#subscriptions.dispose();
  }

  async #report(
    request: vscode.TestRunRequest,
    doing: string,
    judge: (report: TestReport, asked: readonly AskedPlan[]) => Promise<void>,
  ): Promise<void> {
    if (!(await requireTrust(doing))) return;
    // What is run is what is written now.
    await this.discover();
    const report = new TestReport(this.#controller.createTestRun(request));
    try {
      for (const item of this.#items.unreadable) {
        if (isAsked(item, request)) report.refuse(item);
      }
      const asked = askedPlans(this.#items, request);
      report.enqueue(asked.flatMap((plan) => plan.asked));
      await judge(report, asked);
    } catch (error) {
      reportError(this.#services.log, doing, error);
    } finally {
      report.end();
    }
  }

  #refreshLater(uri: vscode.Uri, delayMs: number): void {
    const key = uri.toString();
    clearTimeout(this.#typing.get(key));
    const refresh = (): void => {
      this.#typing.delete(key);
      this.#refresh(uri).catch((error: unknown) => {
        reportError(this.#services.log, `${vscode.workspace.asRelativePath(uri)} as a test`, error);
      });
    };
    this.#typing.set(key, setTimeout(refresh, delayMs));
  }

  async #refresh(uri: vscode.Uri): Promise<void> {
    const text = await planText(uri);
    if (text === null) this.#items.remove(uri);
    else this.#items.show(uri, planOutline(text));
  }
}

/** As it is in its editor, else on disk; null where it is gone. */
async function planText(uri: vscode.Uri): Promise<string | null> {
  const key = uri.toString();
  const document = openPlans().find((each) => each.uri.toString() === key);
  if (document) return document.getText();
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return null;
    throw error;
  }
}

function openPlans(): vscode.TextDocument[] {
  return vscode.workspace.textDocuments.filter(
    ({ uri, isClosed }) => isPlanOnDisk(uri) && !isClosed,
  );
}
