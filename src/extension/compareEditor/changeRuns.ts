import * as vscode from 'vscode';
import { askForRun } from '../compareCommands/askForRun.ts';
import type { RunIndex } from '../runs/runIndex.ts';
import { openComparison } from './openComparison.ts';

/** A tab that shows a comparison. */
export interface ComparisonTab {
  comparison: vscode.Uri;
  group: vscode.ViewColumn | undefined;
}

/** Compares other runs in place of those that the tab compares. */
export async function replaceComparison(
  index: RunIndex,
  { comparison, group }: ComparisonTab,
  runs: readonly vscode.Uri[],
): Promise<void> {
  const opened = await openComparison(index, runs);
  if (opened.toString() === comparison.toString()) return;
  // Looked for only now: an error leaves the user the old one, and another key may have closed it.
  const tab = vscode.window.tabGroups.all
    .find(({ viewColumn }) => viewColumn === group)
    ?.tabs.find(({ input }) => {
      const isCustom = input instanceof vscode.TabInputCustom;
      return isCustom && input.uri.toString() === comparison.toString();
    });
  if (tab) await vscode.window.tabGroups.close(tab, true);
}

/** The runs with another one, which the user chooses; null where the user gave up. */
export async function withAnotherRun(
  index: RunIndex,
  runs: readonly vscode.Uri[],
): Promise<vscode.Uri[] | null> {
  const compared = new Set(runs.map((uri) => uri.toString()));
  const choices = index.list().then((listed) => {
    const others = listed.filter(({ key }) => !compared.has(key));
    return { previous: undefined, baseline: undefined, head: null, others };
  });
  const another = await askForRun(choices, 'Run to compare with the baseline');
  return another && [...runs, another];
}

/** The runs without the one at a place. */
export function withoutRun(runs: readonly vscode.Uri[], place: number): vscode.Uri[] {
  return runs.filter((_, at) => at !== place);
}

/** The runs with the one at a place first, which the others are compared with. */
export function withBaseline(runs: readonly vscode.Uri[], place: number): vscode.Uri[] {
  const baseline = runs[place];
  return baseline ? [baseline, ...withoutRun(runs, place)] : [...runs];
}
