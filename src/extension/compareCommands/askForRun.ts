import * as vscode from 'vscode';
import { compareWithSections, type CompareWithChoices } from './compareWithItems.ts';

type Choices = CompareWithChoices<vscode.Uri>;
/** A null value stands for any other file. */
type Item = vscode.QuickPickItem & { value: vscode.Uri | null };

/**
 * Asks for a run of the workspace or any other file; null where the user gave up. The question is
 * there at once, however long finding the choices takes.
 */
export async function askForRun(
  choices: Promise<Choices>,
  placeHolder: string,
): Promise<vscode.Uri | null> {
  const options = { placeHolder, matchOnDescription: true };
  const items: Promise<Item[]> = choices.then(itemsOf);
  const chosen = await vscode.window.showQuickPick(items, options);
  return chosen ? (chosen.value ?? (await browse())) : null;
}

function itemsOf(choices: Choices): Item[] {
  return compareWithSections(choices, Date.now()).flatMap(({ title, items }) => [
    { label: title, kind: vscode.QuickPickItemKind.Separator, value: null },
    ...items,
  ]);
}

async function browse(): Promise<vscode.Uri | null> {
  const chosen = await vscode.window.showOpenDialog({
    title: 'Run to Compare with',
    openLabel: 'Compare',
    filters: { Runs: ['json'] },
  });
  return chosen?.[0] ?? null;
}
