import * as vscode from 'vscode';
import { errorText } from '../../common/benchError.ts';
import type { Plan } from '../../plan/plan.ts';
import { askItem, type LoadedItems } from '../quickSteps/askItem.ts';
import { explainingItems } from '../quickSteps/explainingItems.ts';
import type { QuickStep } from '../quickSteps/runSteps.ts';
import type { DatasetAmounts } from './datasetAmounts.ts';
import { dryRuns, type DryRunPart } from '../../runner/dryRun.ts';
import { requireFolder } from '../../runner/requireFolder.ts';

/** A run, or a series of runs. */
export type RunToConfirm = Pick<DryRunPart, 'plan' | 'series'>;

export interface Confirmation {
  /** Not empty. */
  runs: () => readonly RunToConfirm[] | Promise<readonly RunToConfirm[]>;
  /** Where the runs are saved. */
  folder: () => string;
  amounts: DatasetAmounts;
  /** Told the plan that is likely to be run next. */
  prepare: (plan: Plan) => void;
}

type Choice = 'run' | 'back';

/** Shows what would be sent. Nothing has been sent before this is accepted. */
export function confirmStep(confirmation: Confirmation): QuickStep {
  return {
    isNeeded: () => true,
    async ask(place) {
      const placeholder = 'Looking at the speech and the plan…';
      const load = () => loadChoices(confirmation);
      const answer = await askItem<Choice>(place, { placeholder, load });
      if (answer.kind !== 'answer') return answer.kind;
      return answer.value === 'run' ? 'next' : 'back';
    },
  };
}

async function loadChoices(confirmation: Confirmation): Promise<LoadedItems<Choice>> {
  try {
    return await runChoice(confirmation);
  } catch (error) {
    const message = errorText(error);
    const label = '$(error) This cannot be run: go back';
    return {
      placeholder: `Nothing was sent. ${message}`,
      items: [
        { label, alwaysShow: true, value: 'back' },
        ...explainingItems('because', message, 'back' as const),
      ],
    };
  }
}

async function runChoice({
  runs,
  folder,
  amounts,
  prepare,
}: Confirmation): Promise<LoadedItems<Choice>> {
  await requireFolder(folder());
  const wanted = await runs();
  wanted.slice(0, 1).forEach(({ plan }) => {
    prepare(plan);
  });
  const parts = await Promise.all(
    wanted.map(async (run) => ({ ...run, amount: await amounts.of(run.plan.dataset.path) })),
  );
  const { amount, detail } = dryRuns(parts);
  const where = `${vscode.workspace.asRelativePath(folder())}/`;
  const problems = [...new Set(parts.flatMap((part) => part.amount.problems))];
  return {
    placeholder: 'Nothing has been sent yet. Enter starts the benchmark.',
    items: [
      {
        label: `$(play) Run: ${amount}, saves to ${where}`,
        detail,
        value: 'run',
      },
      ...(problems.length === 0
        ? []
        : explainingItems('not usable of the speech', problems.join('\n'), 'back' as const)),
    ],
  };
}
