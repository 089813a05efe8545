import * as vscode from 'vscode';
import { groupRuns, type ReadableRun, type RunEntry } from './groupRuns.ts';
import type { RunHeadline } from './headlineFigures.ts';
import { planLabel, presentRun } from './presentRun.ts';
import type { RunIndex } from './runIndex.ts';

/** An element of the Runs view. Commands of its menus get it and take its `resourceUri`. */
export type RunNode =
  /** `resourceUri` is the newest run, by which the plan can be run again. */
  | {
      kind: 'group';
      resourceUri: vscode.Uri;
      planKey: string;
      runs: ReadableRun<vscode.Uri>[];
    }
  | { kind: 'run'; resourceUri: vscode.Uri; headline: RunHeadline }
  | { kind: 'broken'; resourceUri: vscode.Uri; reason: string };

/** The Runs view: the workspace's runs, newest first, grouped by what was measured. */
export class RunsTree implements vscode.TreeDataProvider<RunNode>, vscode.Disposable {
  readonly #index: RunIndex;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(index: RunIndex) {
    this.#index = index;
    this.#subscription = index.onDidChange(() => {
      this.refresh();
    });
  }

  /** Shows the same runs again: their ages have changed. */
  refresh(): void {
    this.#changed.fire();
  }

  async getChildren(parent?: RunNode): Promise<RunNode[]> {
    if (parent?.kind === 'group') return parent.runs.map(runNode);
    return parent ? [] : groupRuns(await this.#index.list()).map(entryNode);
  }

  getTreeItem(node: RunNode): vscode.TreeItem {
    switch (node.kind) {
      case 'group':
        return groupItem(node.planKey, node.runs);
      case 'run':
        return runItem(node.resourceUri, node.headline);
      case 'broken':
        return brokenItem(node.resourceUri, node.reason);
    }
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}

function entryNode(entry: RunEntry<vscode.Uri>): RunNode {
  switch (entry.kind) {
    case 'group':
      return { ...entry, resourceUri: entry.runs[0]!.place };
    case 'run':
      return runNode(entry.run);
    case 'broken':
      return { kind: 'broken', resourceUri: entry.run.place, reason: entry.reason };
  }
}

function runNode({ place, content }: ReadableRun<vscode.Uri>): RunNode {
  return { kind: 'run', resourceUri: place, headline: content.headline };
}

function groupItem(planKey: string, runs: readonly ReadableRun<vscode.Uri>[]): vscode.TreeItem {
  const label = planLabel(runs[0]!.content.headline);
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Expanded);
  item.id = `plan:${planKey}`;
  item.description = `${runs.length} runs`;
  item.tooltip = `${label}\n${runs.length} runs with the same endpoints and dataset`;
  item.iconPath = new vscode.ThemeIcon('layers');
  item.contextValue = 'plan';
  item.accessibilityInformation = { label: `${label}, ${runs.length} runs` };
  return item;
}

function runItem(uri: vscode.Uri, headline: RunHeadline): vscode.TreeItem {
  const shown = presentRun(headline, Date.now());
  const item = fileItem(uri, shown.label);
  item.description = shown.description;
  item.tooltip = `${shown.tooltip}\n${vscode.workspace.asRelativePath(uri)}`;
  item.iconPath = new vscode.ThemeIcon(shown.icon);
  item.contextValue = 'run';
  item.accessibilityInformation = { label: shown.accessibleLabel };
  return item;
}

function brokenItem(uri: vscode.Uri, reason: string): vscode.TreeItem {
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  const item = fileItem(uri, name);
  item.description = reason;
  item.tooltip = `${vscode.workspace.asRelativePath(uri)}\n${reason}`;
  item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  item.contextValue = 'run.broken';
  item.accessibilityInformation = { label: `${name}, cannot be read: ${reason}` };
  return item;
}

function fileItem(uri: vscode.Uri, label: string): vscode.TreeItem {
  const item = new vscode.TreeItem(label);
  item.id = `run:${uri.toString()}`;
  item.resourceUri = uri;
  item.command = { command: 'rtbench.openRun', title: 'Open Run', arguments: [uri] };
  return item;
}
