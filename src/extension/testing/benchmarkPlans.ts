import path from 'node:path';
import * as vscode from 'vscode';
import { errorText } from '../../common/benchError.ts';
import type { PlannedRun } from '../../planfile/plansOf.ts';
import { runFileName } from '../../runner/runName.ts';
import { RunnerError } from '../../runner/runnerError.ts';
import { outcomeText } from '../../series/outcomeText.ts';
import { RunSteps, type RunStep } from '../../series/runSteps.ts';
import { DatasetAmounts } from '../benchmark/datasetAmounts.ts';
import { measureBenchmark } from '../benchmark/measureBenchmark.ts';
import { readyToMeasure } from '../benchmark/readyToMeasure.ts';
import type { RunTally } from '../benchmark/runTally.ts';
import { confirmPlan } from '../plans/confirmPlan.ts';
import { plannedRuns } from '../plans/plannedRuns.ts';
import type { Services } from '../services.ts';
import type { AskedPlan } from './askedPlans.ts';
import { judgeThreshold } from './judgeThreshold.ts';
import type { Leaf } from './planItems.ts';
import { readSavedResult, type SavedResult } from '../runs/savedResult.ts';
import type { TestReport } from './testReport.ts';

/** The output is read by people. */
const outputEveryMs = 1000;

/** A run that the user has agreed to. */
interface AgreedRun extends PlannedRun {
  folder: string;
  /** What it is to be judged by. */
  leaves: Leaf[];
}

/**
 * Runs plans as *Run Plan* does, one after the other, once all have been agreed to, and judges them.
 * Of a plan only the runs and endpoints are measured that were asked for.
 */
export async function benchmarkPlans(
  services: Services,
  report: TestReport,
  asked: readonly AskedPlan[],
): Promise<void> {
  if (!(await readyToMeasure(services, 'Running a plan'))) return;
  const agreed: AgreedRun[] = [];
  for (const plan of asked) {
    if (report.token.isCancellationRequested) return;
    agreed.push(...(await agreedRuns(services, report, plan)));
  }
  if (agreed.length === 0) return;
  await services.measurement.run(async (stop) => {
    const cancel = report.token.onCancellationRequested(() => {
      stop.abort();
    });
    try {
      for (const run of agreed) {
        if (report.token.isCancellationRequested || stop.signal.aborted) return;
        await benchmark(services, report, run, stop);
      }
    } finally {
      cancel.dispose();
    }
  });
}

/** None where the user does not agree, or where the plan cannot be run. */
async function agreedRuns(
  services: Services,
  report: TestReport,
  { uri, asked, leaves }: AskedPlan,
): Promise<AgreedRun[]> {
  const closing = report.token.onCancellationRequested(() => {
    void vscode.commands.executeCommand('workbench.action.closeQuickOpen');
  });
  try {
    const planned = await plannedRuns(services, uri, undefined);
    const wanted = planned.runs.flatMap((run, index) => wantedRun(run, index, asked));
    const amounts = new DatasetAmounts(services);
    // What cannot be read is a result here, and no question.
    await Promise.all(wanted.map(({ plan }) => amounts.of(plan.dataset.path)));
    const confirmed = await confirmPlan(services, { ...planned, runs: wanted }, amounts);
    if (!confirmed) {
      report.skip(asked);
      return [];
    }
    const part =
      asked.length < leaves.length ? `, for ${asked.length} of ${leaves.length} checks` : '';
    report.say(
      `${planned.name}: ${wanted.length === 1 ? 'one run' : `${wanted.length} runs`}${part}.`,
    );
    return wanted.map((run) => ({ ...run, folder: confirmed.folder }));
  } catch (error) {
    report.fail(asked, errorText(error));
    return [];
  } finally {
    closing.dispose();
  }
}

/** What the plan asks for with the endpoints that are asked about; nothing where none is. */
function wantedRun(
  { title, plan, series }: PlannedRun,
  index: number,
  asked: readonly Leaf[],
): Omit<AgreedRun, 'folder'>[] {
  const own = asked.filter(({ cell }) => cell.run === index);
  const wanted = new Set(own.map(({ cell }) => cell.endpoint));
  const endpoints = plan.endpoints.filter(({ id }) => wanted.has(id));
  if (endpoints.length === 0) return [];
  return [{ title, plan: { ...plan, endpoints }, series, leaves: own }];
}

async function benchmark(
  services: Services,
  report: TestReport,
  run: AgreedRun,
  stop: AbortController,
): Promise<void> {
  const { title, leaves } = run;
  report.start(leaves);
  try {
    const resultOf = await measure(services, report, run, stop);
    if (resultOf === null) {
      report.say(`${title} was stopped: what is left of it is not judged.`);
      report.skip(leaves);
    } else {
      judge(report, leaves, resultOf);
    }
  } catch (error) {
    if (error instanceof RunnerError && error.reason === 'cancelled') report.skip(leaves);
    else report.fail(leaves, `${title} could not be run. ${errorText(error)}${keptText(error)}`);
  }
}

/** The run that an endpoint is judged by. */
type ResultOf = (endpoint: string) => SavedResult;

/** Null where it was stopped. */
async function measure(
  services: Services,
  report: TestReport,
  run: AgreedRun,
  stop: AbortController,
): Promise<ResultOf | null> {
  const steps = new RunSteps(run);
  const results: SavedResult[] = [];
  for (let step = steps.next(); step !== null; step = steps.next()) {
    const result = await measureStep(services, report, { ...step, folder: run.folder }, stop);
    if (result === null) return null;
    results.push(result);
    steps.add(result.summary);
  }
  for (const outcome of steps.outcomes) report.say(outcomeText(outcome));
  const deciding = new Map(steps.outcomes.map((each) => [each.endpoint, each.decidingRun]));
  return (endpoint) => results[deciding.get(endpoint) ?? 0]!;
}

/** Null where it was stopped. */
async function measureStep(
  services: Services,
  report: TestReport,
  { folder, ...step }: RunStep & { folder: string },
  stop: AbortController,
): Promise<SavedResult | null> {
  report.say(`${step.title} starts.`);
  const file = path.join(folder, runFileName(step.title, new Date()));
  const request = { ...step, file };
  const { finished, tally } = await measureBenchmark(services, request, stop, talliesTo(report));
  report.say(tally.text());
  report.say(`Saved as ${vscode.workspace.asRelativePath(finished.file)}`);
  for (const warning of finished.warnings) report.say(`! ${warning}`);
  if (tally.firstFailure) report.say(`The first failure: ${tally.firstFailure.message}`);
  return finished.cancelled ? null : readSavedResult(finished.file);
}

function judge(report: TestReport, leaves: readonly Leaf[], resultOf: ResultOf): void {
  for (const leaf of leaves) {
    const { endpoint } = leaf.cell;
    const own = resultOf(endpoint).summary.find((each) => each.endpoint === endpoint);
    const { threshold } = leaf.threshold;
    if (own && threshold) report.judge(leaf, judgeThreshold(threshold, own));
    else report.fail([leaf], `The run has no figures of "${endpoint}".`);
  }
}

function keptText(error: unknown): string {
  if (!(error instanceof RunnerError) || error.file === null) return '';
  return ` What ended before is saved as ${vscode.workspace.asRelativePath(error.file)}.`;
}

function talliesTo(report: TestReport): (tally: RunTally) => void {
  let saidMs = 0;
  let saidDone = 0;
  return (tally) => {
    const nowMs = performance.now();
    // How it ended is said by itself.
    if (tally.done === tally.total || tally.done === saidDone) return;
    if (nowMs - saidMs < outputEveryMs) return;
    saidMs = nowMs;
    saidDone = tally.done;
    report.say(tally.text());
  };
}
