import * as vscode from 'vscode';
import { errorText } from '../../common/benchError.ts';
import { noiseSettingName } from '../compareEditor/noiseSetting.ts';
import type { Services } from '../services.ts';
import { RunsTree } from './runsTree.ts';
import { VerdictQueue } from './verdictQueue.ts';
import { VerdictReader } from './verdictReader.ts';

/** How often a visible view says anew how long ago its runs were. */
const ageMs = 60_000;

/** The Runs view. */
export function registerRuns(services: Services): vscode.Disposable {
  const { context, log } = services;
  const verdicts = new VerdictQueue(
    new VerdictReader(context.extensionPath),
    ({ run }) => {
      tree.refreshRun(run);
    },
    (error) => {
      log.warn(`A run could not be compared with its baseline: ${errorText(error)}`);
    },
  );
  const tree = new RunsTree(services, verdicts);
  const view = vscode.window.createTreeView('rtbench.runs', {
    treeDataProvider: tree,
    canSelectMany: true,
  });
  verdicts.setPaused(!view.visible);
  const visibility = view.onDidChangeVisibility(({ visible }) => {
    verdicts.setPaused(!visible);
  });
  const setting = vscode.workspace.onDidChangeConfiguration((change) => {
    // What counts as a change decides verdicts.
    if (change.affectsConfiguration(noiseSettingName)) tree.refresh();
  });
  const timer = setInterval(() => {
    if (view.visible) tree.refresh();
  }, ageMs);
  const stopTimer = new vscode.Disposable(() => {
    clearInterval(timer);
  });
  const badge = services.live.onDidChange(() => {
    const { current } = services.live;
    view.badge = current ? { value: 1, tooltip: `Running: ${current.title}` } : undefined;
  });
  return vscode.Disposable.from(view, visibility, setting, badge, tree, verdicts, stopTimer);
}
