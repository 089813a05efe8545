import path from 'node:path';
import * as vscode from 'vscode';
import { BenchError } from '../../common/benchError.ts';
import type { PlanResult } from '../../lsp/plan/planFacts.ts';
import { isSameRun } from '../../lsp/plan/thresholdResults.ts';
import { PlanResults } from '../../lsp/planResults.ts';
import { openComparison } from '../compareEditor/openComparison.ts';
import { openRun } from '../runEditor/openRun.ts';
import type { Services } from '../services.ts';
import { readPlan } from './plannedRuns.ts';

/** *Open Last Run of Plan*. */
export async function openPlanResult(argument: unknown): Promise<void> {
  const [last] = await resultsOf(argument);
  if (!last) throw new BenchError('no_run', 'This plan has not been run yet.');
  await openRun(vscode.Uri.file(last.file));
}

/** *Compare Last Runs of Plan*: the newest run against the one before it under the same load. */
export async function comparePlanWithLast({ runs }: Services, argument: unknown): Promise<void> {
  const results = await resultsOf(argument);
  const pairs = results.flatMap((newer, index) => {
    const older = results.slice(index + 1).find((each) => isSameRun(each, newer));
    return older ? [[older, newer] as const] : [];
  });
  const [pair] = pairs;
  if (!pair) {
    throw new BenchError('no_previous_run', 'This plan has been run less than twice.');
  }
  await openComparison(
    runs,
    pair.map(({ file }) => vscode.Uri.file(file)),
  );
}

async function resultsOf(argument: unknown): Promise<PlanResult[]> {
  const { file, plan } = await readPlan(argument);
  return new PlanResults().of(plan, path.dirname(file));
}
