import * as vscode from 'vscode';
import type { Services } from '../services.ts';
import { runItems } from '../runs/runItems.ts';
import { sessionItems } from './sessionItems.ts';
import type { SessionChoice } from './timelineReaderMessages.ts';
import { tell } from '../tell.ts';

/** Asks for one of the workspace's runs, the newest first; undefined where the user gave up. */
export async function pickRun(
  { runs }: Services,
  placeHolder: string,
): Promise<vscode.Uri | undefined> {
  const items = runItems(await runs.list());
  if (items.length === 0) {
    void tell.information('The workspace has no saved run yet.');
    return undefined;
  }
  const chosen = await vscode.window.showQuickPick(items, {
    placeHolder,
    matchOnDescription: true,
  });
  return chosen?.value;
}

/** Asks for a session where there are several, the worst first. */
export async function pickSession(
  sessions: readonly SessionChoice[],
  placeHolder: string,
): Promise<SessionChoice | undefined> {
  const items = sessionItems(sessions);
  const [only, ...others] = items;
  if (others.length === 0) return only?.session;
  const options = { placeHolder, matchOnDescription: true, matchOnDetail: true };
  return (await vscode.window.showQuickPick(items, options))?.session;
}
