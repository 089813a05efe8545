import * as vscode from 'vscode';
import type { Services } from '../services.ts';
import { RunIndex } from './runIndex.ts';
import { RunsTree } from './runsTree.ts';

/** How often a visible view says anew how long ago its runs were. */
const ageMs = 60_000;

/** The Runs view. */
export function registerRuns({ log }: Services): vscode.Disposable {
  const index = new RunIndex(log);
  const tree = new RunsTree(index);
  const view = vscode.window.createTreeView('rtbench.runs', { treeDataProvider: tree });
  const timer = setInterval(() => {
    if (view.visible) tree.refresh();
  }, ageMs);
  const stopTimer = new vscode.Disposable(() => {
    clearInterval(timer);
  });
  return vscode.Disposable.from(view, tree, index, stopTimer);
}
