import path from 'node:path';
import * as vscode from 'vscode';
import type { PlannedRun } from '../../planfile/plansOf.ts';
import { runFileName } from '../../runner/runName.ts';
import { outcomeText } from '../../series/outcomeText.ts';
import { RunSteps } from '../../series/runSteps.ts';
import { openComparison } from '../compareEditor/openComparison.ts';
import { openRun } from '../runEditor/openRun.ts';
import { readSavedResult } from '../runs/savedResult.ts';
import type { Services } from '../services.ts';
import { tell } from '../tell.ts';
import { measureBenchmark } from './measureBenchmark.ts';
import { showBroken } from './performBenchmark.ts';

/**
 * Makes the runs of a series before the user's eyes, says what they show, and opens them beside
 * each other; so it does with those that there are where the series is stopped or breaks off.
 */
export async function performSeries(
  services: Services,
  planned: PlannedRun,
  folder: string,
  stop: AbortController,
): Promise<void> {
  const steps = new RunSteps(planned);
  const files: string[] = [];
  for (let step = steps.next(); step !== null; step = steps.next()) {
    const file = path.join(folder, runFileName(step.title, new Date()));
    try {
      const { finished } = await measureBenchmark(services, { ...step, file }, stop);
      files.push(finished.file);
      if (finished.cancelled) break;
      steps.add((await readSavedResult(finished.file)).summary);
    } catch (error) {
      await showBroken(services, error);
      break;
    }
  }
  if (stop.signal.aborted && files.length > 0) {
    void tell.information(`${planned.title} was stopped. What was measured is saved.`);
  }
  for (const outcome of steps.outcomes) void tell.information(outcomeText(outcome));
  const measured = files.map((file) => vscode.Uri.file(file));
  await show(services, measured);
}

async function show({ runs }: Services, measured: readonly vscode.Uri[]): Promise<void> {
  const [only, ...others] = measured;
  if (only && others.length > 0) await openComparison(runs, measured);
  else if (only) await openRun(only);
}
