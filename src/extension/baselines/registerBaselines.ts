import * as vscode from 'vscode';
import { BenchError } from '../../common/benchError.ts';
import { registerCommands } from '../registerCommands.ts';
import { runEditorViewType } from '../runEditor/openRun.ts';
import { runResource } from '../runEditor/runResource.ts';
import type { Services } from '../services.ts';
import { setContext } from '../setContext.ts';

/** The commands that star runs, and what their menus need to know of the run in front. */
export function registerBaselines({ baselines, runs, log }: Services): vscode.Disposable {
  const tell = async (): Promise<void> => {
    const run = runInFront();
    const isStarred = run !== null && (await baselines.isBaseline(run));
    // Another may be in front by now.
    if (runInFront()?.toString() === run?.toString()) setContext('rtbench.runStarred', isStarred);
  };
  const toggle = async (argument: unknown): Promise<void> => {
    const uri = runResource(argument);
    if (!uri) throw new BenchError('no_run', 'Open or select a run (.rtbench.json) first.');
    await baselines.toggle(uri);
  };
  void tell();
  return vscode.Disposable.from(
    registerCommands(log, {
      'rtbench.toggleBaseline': toggle,
      // The same under the name that fits a starred run.
      'rtbench.removeBaseline': toggle,
    }),
    vscode.window.tabGroups.onDidChangeTabs(() => void tell()),
    vscode.window.tabGroups.onDidChangeTabGroups(() => void tell()),
    baselines.onDidChange(() => void tell()),
    runs.onDidChange(() => void tell()),
    new vscode.Disposable(() => {
      setContext('rtbench.runStarred', false);
    }),
  );
}

function runInFront(): vscode.Uri | null {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const isRun = input instanceof vscode.TabInputCustom && input.viewType === runEditorViewType;
  return isRun ? input.uri : null;
}
