import path from 'node:path';
import * as vscode from 'vscode';
import { errorText } from '../../common/benchError.ts';
import type { PlanResult } from '../../lsp/plan/planFacts.ts';
import { PlanResults } from '../../lsp/planResults.ts';
import type { FileSummary } from '../../runfile/summarySchema.ts';
import type { AskedPlan } from './askedPlans.ts';
import { judgeThreshold } from './judgeThreshold.ts';
import type { Leaf } from './planItems.ts';
import { readSavedResult, type SavedResult } from '../runs/savedResult.ts';
import type { TestReport } from './testReport.ts';

/** Judges the newest complete run of each kind that the plans ask for. Sends nothing. */
export async function checkLastResults(
  report: TestReport,
  plans: readonly AskedPlan[],
): Promise<void> {
  const saved = new PlanResults();
  for (const plan of plans) {
    const results = await saved.of(plan.plan, path.dirname(plan.uri.fsPath));
    const last = new LastResults(results);
    for (const leaf of plan.asked) {
      if (report.token.isCancellationRequested) return;
      report.start([leaf]);
      try {
        await check(report, leaf, last);
      } catch (error) {
        report.fail([leaf], errorText(error));
      }
    }
  }
}

async function check(report: TestReport, leaf: Leaf, last: LastResults): Promise<void> {
  const { cell, threshold: written } = leaf;
  if (!written.threshold) {
    report.fail([leaf], written.problem ?? 'The threshold is not understood.');
    return;
  }
  const found = await last.of(cell);
  if (!found) {
    report.say(`No complete run of "${cell.endpoint}" is saved (${cell.title}).`, leaf);
    report.skip([leaf]);
    return;
  }
  const { file, startedAt, summary } = found;
  report.say(`${vscode.workspace.asRelativePath(file)}, of ${startedAt}:`, leaf);
  report.judge(leaf, judgeThreshold(written.threshold, summary));
}

interface LastResult {
  file: string;
  startedAt: string;
  summary: FileSummary;
}

/** The saved runs of a plan, each file read once. */
class LastResults {
  readonly #results: readonly PlanResult[];
  readonly #read = new Map<string, Promise<SavedResult>>();

  /** @param results newest first */
  constructor(results: readonly PlanResult[]) {
    this.#results = results;
  }

  /** The newest complete run with figures of an endpoint; null where there is none. */
  async of({ title, endpoint }: Leaf['cell']): Promise<LastResult | null> {
    for (const { file } of this.#results.filter((result) => result.title === title)) {
      const { run, summary } = await this.#readOnce(file);
      const own = summary.find((each) => each.endpoint === endpoint);
      if (run.partialBecause === null && own)
        return { file, startedAt: run.startedAt, summary: own };
    }
    return null;
  }

  #readOnce(file: string): Promise<SavedResult> {
    const known = this.#read.get(file) ?? readSavedResult(file);
    this.#read.set(file, known);
    return known;
  }
}
