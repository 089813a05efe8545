import * as vscode from 'vscode';
import { compareWithSections, type CompareWithChoices } from './compareWithItems.ts';

/** Asks for a run of the workspace or any other file; null where the user gave up. */
export async function askForRun(
  choices: CompareWithChoices<vscode.Uri>,
  placeHolder: string,
): Promise<vscode.Uri | null> {
  const items = compareWithSections(choices, Date.now()).flatMap(({ title, items: ofSection }) => [
    { label: title, kind: vscode.QuickPickItemKind.Separator, value: null },
    ...ofSection,
  ]);
  const chosen = await vscode.window.showQuickPick(items, {
    placeHolder,
    matchOnDescription: true,
  });
  return chosen ? (chosen.value ?? (await browse())) : null;
}

async function browse(): Promise<vscode.Uri | null> {
  const chosen = await vscode.window.showOpenDialog({
    title: 'Run to Compare with',
    openLabel: 'Compare',
    filters: { Runs: ['json'] },
  });
  return chosen?.[0] ?? null;
}
