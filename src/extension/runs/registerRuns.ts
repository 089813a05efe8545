import * as vscode from 'vscode';
import type { Services } from '../services.ts';
import { RunsTree } from './runsTree.ts';

/** How often a visible view says anew how long ago its runs were. */
const ageMs = 60_000;

/** The Runs view. */
export function registerRuns({ runs }: Services): vscode.Disposable {
  const tree = new RunsTree(runs);
  const view = vscode.window.createTreeView('rtbench.runs', { treeDataProvider: tree });
  const timer = setInterval(() => {
    if (view.visible) tree.refresh();
  }, ageMs);
  const stopTimer = new vscode.Disposable(() => {
    clearInterval(timer);
  });
  return vscode.Disposable.from(view, tree, stopTimer);
}
