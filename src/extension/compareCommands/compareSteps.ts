import * as vscode from 'vscode';
import { askItem, type ChoiceItem } from '../quickSteps/askItem.ts';
import { askItems } from '../quickSteps/askItems.ts';
import { runSteps, type QuickStep } from '../quickSteps/runSteps.ts';
import { takeAnswer } from '../quickSteps/takeAnswer.ts';
import type { ReadableRun } from '../runs/groupRuns.ts';
import { newestFirst } from '../runs/newestFirst.ts';
import { runItem } from '../runs/runItems.ts';
import type { Services } from '../services.ts';
import { LastComparison } from './lastComparison.ts';
import { tell } from '../tell.ts';

type Run = ReadableRun<vscode.Uri>;

/** What is asked; `others` are compared with `baseline`. */
interface CompareDraft {
  runs: readonly Run[];
  baseline: Run;
  others: readonly Run[];
}

/** Asks for the baseline and for what to compare with it; null where the user gave up. */
export async function askForRuns({
  runs,
  baselines,
  context,
}: Services): Promise<vscode.Uri[] | null> {
  const listed = newestFirst(await runs.list());
  const starred = new Set([...(await baselines.all()).values()].map(({ key }) => key));
  const last = new LastComparison(context.workspaceState);
  const baseline = suggestedBaseline(listed, last.keys[0], starred);
  if (!baseline) {
    const text = 'Comparing takes two saved runs; the workspace does not have them yet.';
    void tell.information(text);
    return null;
  }
  const draft: CompareDraft = { runs: listed, baseline, others: [] };
  const steps = [baselineStep(draft, starred), othersStep(draft, last.keys.slice(1))];
  if (!(await runSteps('Compare Runs', steps))) return null;
  const chosen = [draft.baseline, ...draft.others];
  await last.keep(chosen.map(({ key }) => key));
  return chosen.map(({ place }) => place);
}

/** The last one, else a starred one, else the one before the newest. */
function suggestedBaseline(
  runs: readonly Run[],
  last: string | undefined,
  starred: ReadonlySet<string>,
): Run | undefined {
  return runs.length < 2
    ? undefined
    : (runs.find(({ key }) => key === last) ?? runs.find(({ key }) => starred.has(key)) ?? runs[1]);
}

function baselineStep(draft: CompareDraft, starred: ReadonlySet<string>): QuickStep {
  return {
    isNeeded: () => true,
    async ask(place) {
      const placeholder = 'Baseline: what the others are compared with';
      const items = draft.runs.map((run) => ({
        ...choice(run),
        ...(starred.has(run.key) && { label: `$(star-full) ${run.content.headline.title}` }),
        picked: run === draft.baseline,
      }));
      const load = () => Promise.resolve({ placeholder, items });
      return takeAnswer(await askItem(place, { placeholder, load }), (baseline) => {
        draft.baseline = baseline;
      });
    },
  };
}

function othersStep(draft: CompareDraft, last: readonly string[]): QuickStep {
  return {
    isNeeded: () => true,
    async ask(place) {
      const others = draft.runs.filter((run) => run !== draft.baseline);
      const known = others.filter(({ key }) => last.includes(key));
      const ofPlan = others.filter((run) => isOfPlan(run, draft.baseline));
      const picked = known.length > 0 ? known : ofPlan.slice(0, 1);
      const sections = [
        ...section('same endpoints, dataset and load', ofPlan, picked),
        ...section(
          'other runs',
          others.filter((run) => !ofPlan.includes(run)),
          picked,
        ),
      ];
      return takeAnswer(
        await askItems(place, 'Runs to compare with the baseline', sections),
        (chosen) => {
          draft.others = chosen;
        },
      );
    },
  };
}

function isOfPlan(run: Run, baseline: Run): boolean {
  return run.content.headline.planKey === baseline.content.headline.planKey;
}

function section(label: string, runs: readonly Run[], picked: readonly Run[]): ChoiceItem<Run>[] {
  const [first] = runs;
  if (!first) return [];
  const separator = { label, kind: vscode.QuickPickItemKind.Separator, value: first };
  return [separator, ...runs.map((run) => ({ ...choice(run), picked: picked.includes(run) }))];
}

function choice(run: Run): ChoiceItem<Run> {
  return { ...runItem(run), value: run };
}
