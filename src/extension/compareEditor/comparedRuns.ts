import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { mostRuns } from './compareUri.ts';

const runsSchema = z.array(z.string()).check(z.minLength(1), z.maxLength(mostRuns));

/** The runs of a comparison, the baseline first; null where the address names none. */
export function comparedRuns(uri: vscode.Uri): vscode.Uri[] | null {
  try {
    const parsed = runsSchema.safeParse(JSON.parse(uri.query));
    return parsed.success ? parsed.data.map((run) => vscode.Uri.parse(run, true)) : null;
  } catch {
    return null;
  }
}
