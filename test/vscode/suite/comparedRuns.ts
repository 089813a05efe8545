import * as vscode from 'vscode';
import * as z from 'zod';
import { waitFor } from './waitFor.ts';

const runsSchema = z.array(z.string());

/** The runs of the comparison in front, the baseline first. */
export async function comparedRuns(): Promise<vscode.Uri[]> {
  const uri = await waitFor('a comparison', shownComparison);
  return runsSchema.parse(JSON.parse(uri.query)).map((run) => vscode.Uri.parse(run, true));
}

/** The comparison that the active editor shows, if it is one. */
export function shownComparison(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom && input.viewType === 'rtbench.compare'
    ? input.uri
    : undefined;
}
