import path from 'node:path';
import type { Plan } from '../../plan/plan.ts';
import { runSteps, type QuickStep } from '../quickSteps/runSteps.ts';
import type { Services } from '../services.ts';
import { saveFolder } from './benchmarkDraft.ts';
import { folderStep } from './benchmarkSteps.ts';
import { confirmStep, type RunToConfirm } from './confirmStep.ts';
import type { DatasetAmounts } from './datasetAmounts.ts';
import { EmbeddedWarmUp } from './embeddedWarmUp.ts';

/** What is to be run, and where it is saved. */
export interface Confirmed<Run extends RunToConfirm> {
  runs: readonly Run[];
  folder: string;
}

/** What a benchmark is about, as far as it has been answered. */
export interface Subject<Run extends RunToConfirm> {
  runs: () => readonly Run[] | Promise<readonly Run[]>;
  /** Absolute path of where to save, where that is known. */
  folder?: string;
  /** Path of the file or folder whose settings say where to save. */
  resource: () => string;
  amounts: DatasetAmounts;
}

/** Asks the questions, then shows what would be sent; null where the user gave up. */
export async function confirmBenchmark<Run extends RunToConfirm>(
  { embedded }: Services,
  title: string,
  questions: readonly QuickStep[],
  { runs, resource, folder: given, amounts }: Subject<Run>,
): Promise<Confirmed<Run> | null> {
  let asked: string | null = given ?? null;
  const warmUp = new EmbeddedWarmUp(embedded);
  const prepare = (likely: Plan): void => {
    warmUp.begin(likely);
  };
  const folder = () => saveFolder(resource(), asked);
  const steps = [
    ...questions,
    folderStep(
      () => saveFolder(resource(), given ?? null) === null,
      (chosen) => {
        asked = chosen;
      },
    ),
    confirmStep({ runs, folder: () => folder() ?? path.dirname(resource()), amounts, prepare }),
  ];
  if (!(await runSteps(title, steps))) {
    await warmUp.undo();
    return null;
  }
  const target = folder();
  return target === null ? null : { runs: await runs(), folder: target };
}
