import * as vscode from 'vscode';
import type { Baselines } from '../baselines/baselines.ts';
import type { RunVerdict } from '../compareEditor/compareReaderMessages.ts';
import type { Services } from '../services.ts';
import { groupRuns, type ReadableRun, type RunEntry } from './groupRuns.ts';
import type { RunHeadline } from '../../runlist/headlineFigures.ts';
import { planLabel, presentRun } from './presentRun.ts';
import type { RunIndex } from './runIndex.ts';
import { relationsOf, type RunRelations } from './runRelations.ts';
import type { VerdictPair, VerdictQueue } from './verdictQueue.ts';

/** `resourceUri` is the newest run, by which the plan can be run again. */
interface RunGroup {
  kind: 'group';
  resourceUri: vscode.Uri;
  planKey: string;
  children: RunLeaf[];
}

interface RunLeaf {
  kind: 'run';
  resourceUri: vscode.Uri;
  headline: RunHeadline;
  relations: RunRelations<vscode.Uri>;
}

/** An element of the Runs view. Commands of its menus get it and take its `resourceUri`. */
export type RunNode =
  RunGroup | RunLeaf | { kind: 'broken'; resourceUri: vscode.Uri; reason: string };

/** The Runs view: the workspace's runs, newest first, grouped by what was measured. */
export class RunsTree implements vscode.TreeDataProvider<RunNode>, vscode.Disposable {
  readonly #index: RunIndex;
  readonly #baselines: Baselines;
  readonly #verdicts: VerdictQueue;
  readonly #changed = new vscode.EventEmitter<RunNode | undefined>();
  readonly #subscriptions: vscode.Disposable;
  /** The runs as last listed, by their addresses. */
  #leaves = new Map<string, RunLeaf>();
  readonly onDidChangeTreeData = this.#changed.event;

  constructor({ runs, baselines }: Pick<Services, 'runs' | 'baselines'>, verdicts: VerdictQueue) {
    this.#index = runs;
    this.#baselines = baselines;
    this.#verdicts = verdicts;
    const refresh = (): void => {
      this.refresh();
    };
    this.#subscriptions = vscode.Disposable.from(
      runs.onDidChange(refresh),
      baselines.onDidChange(refresh),
    );
  }

  /** Lists the runs anew: their number, ages or stars have changed. */
  refresh(): void {
    this.#changed.fire(undefined);
  }

  /**
   * Shows one run anew. The others keep their elements: an open menu and the selection stand for
   * elements, and would lose them when all are listed anew.
   */
  refreshRun(key: string): void {
    const leaf = this.#leaves.get(key);
    if (leaf) this.#changed.fire(leaf);
  }

  async getChildren(parent?: RunNode): Promise<RunNode[]> {
    if (parent) return parent.kind === 'group' ? parent.children : [];
    const stars = await this.#baselines.all();
    const nodes = groupRuns(await this.#index.list()).map((entry) => entryNode(entry, stars));
    const leaves = nodes.flatMap(leavesOf);
    this.#leaves = new Map(leaves.map((leaf) => [leaf.resourceUri.toString(), leaf]));
    this.#verdicts.want(leaves.flatMap((leaf) => judgedPair(leaf) ?? []));
    return nodes;
  }

  getTreeItem(node: RunNode): vscode.TreeItem {
    switch (node.kind) {
      case 'group':
        return groupItem(node);
      case 'run': {
        const pair = judgedPair(node);
        return runItem(node, pair && this.#verdicts.verdictOf(pair));
      }
      case 'broken':
        return brokenItem(node.resourceUri, node.reason);
    }
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#changed.dispose();
  }
}

type Stars = ReadonlyMap<string, ReadableRun<vscode.Uri>>;

function entryNode(entry: RunEntry<vscode.Uri>, stars: Stars): RunNode {
  switch (entry.kind) {
    case 'group': {
      const children = entry.runs.map((run) => runNode(run, entry.runs, stars));
      const { planKey } = entry;
      return { kind: 'group', planKey, children, resourceUri: entry.runs[0]!.place };
    }
    case 'run':
      return runNode(entry.run, [entry.run], stars);
    case 'broken':
      return { kind: 'broken', resourceUri: entry.run.place, reason: entry.reason };
  }
}

function runNode(
  run: ReadableRun<vscode.Uri>,
  siblings: readonly ReadableRun<vscode.Uri>[],
  stars: Stars,
): RunLeaf {
  const { headline } = run.content;
  const relations = relationsOf(run, siblings, stars.get(headline.planKey));
  return { kind: 'run', resourceUri: run.place, headline, relations };
}

function leavesOf(node: RunNode): RunLeaf[] {
  if (node.kind === 'group') return node.children;
  return node.kind === 'run' ? [node] : [];
}

/** Null where the run is not newer than a baseline. */
function judgedPair({ resourceUri, relations }: RunLeaf): VerdictPair | null {
  const { baseline, isNewer } = relations;
  if (baseline === null || !isNewer) return null;
  return { baseline: baseline.toString(), run: resourceUri.toString() };
}

function groupItem({ planKey, children }: RunGroup): vscode.TreeItem {
  const { headline } = children[0]!;
  const label = planLabel(headline);
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Expanded);
  item.id = `plan:${planKey}`;
  item.description = `${children.length} runs · ${headline.pace}`;
  item.tooltip = `${label}\n${children.length} runs with the same endpoints, dataset and load: ${headline.pace}`;
  item.iconPath = new vscode.ThemeIcon('layers');
  item.contextValue = 'plan';
  item.accessibilityInformation = { label: `${label}, ${children.length} runs, ${headline.pace}` };
  return item;
}

function runItem(node: RunLeaf, verdict: RunVerdict | null): vscode.TreeItem {
  const { resourceUri, headline, relations } = node;
  const { isStarred } = relations;
  const shown = presentRun(headline, Date.now(), { isStarred, verdict });
  const item = fileItem(resourceUri, shown.label);
  const { id, colour } = shown.icon;
  item.description = shown.description;
  item.tooltip = `${shown.tooltip}\n${vscode.workspace.asRelativePath(resourceUri)}`;
  item.iconPath = new vscode.ThemeIcon(
    id,
    colour === null ? undefined : new vscode.ThemeColor(colour),
  );
  item.contextValue = contextOf(relations);
  item.accessibilityInformation = { label: shown.accessibleLabel };
  return item;
}

/** What the menus of package.json look for. */
function contextOf({ isStarred, baseline, hasPrevious }: RunRelations<vscode.Uri>): string {
  return [
    'run',
    ...(isStarred ? ['starred'] : []),
    ...(baseline === null ? [] : ['compared']),
    ...(hasPrevious ? ['previous'] : []),
  ].join('.');
}

function brokenItem(uri: vscode.Uri, reason: string): vscode.TreeItem {
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  const item = fileItem(uri, name);
  item.description = reason;
  item.tooltip = `${vscode.workspace.asRelativePath(uri)}\n${reason}`;
  item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  item.contextValue = 'broken';
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
