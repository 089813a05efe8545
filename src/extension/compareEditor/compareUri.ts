import * as vscode from 'vscode';
import { sanitiseText } from '../../transport/sanitiseText.ts';

/** As package.json declares it. */
export const compareViewType = 'rtbench.compare';

const scheme = 'rtbench-compare';

/** The label of a tab; longer ones are cut by VS Code anyway. */
const mostTitleCharacters = 60;

/** More would make a page that nobody reads. */
export const mostRuns = 50;

/** A run to compare: its file, and what it is called on the tab. */
export interface NamedRun {
  uri: vscode.Uri;
  title: string;
}

/** The address of a comparison. It names its runs, so that it comes back after a restart. */
export function compareUri(runs: readonly NamedRun[]): vscode.Uri {
  // The last segment is the tab's label.
  const label = runs.map(({ title }) => segment(title)).join(' ↔ ');
  const query = JSON.stringify(runs.map(({ uri }) => uri.toString()));
  return vscode.Uri.from({ scheme, path: `/${label}.rtcompare`, query });
}

function segment(title: string): string {
  return sanitiseText(title, mostTitleCharacters).replaceAll(/[\\/]/g, '-').trim() || 'Run';
}
