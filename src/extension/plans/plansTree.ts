import path from 'node:path';
import * as vscode from 'vscode';
import { setContext } from '../setContext.ts';

const planGlob = '**/*.rtplan.json';
const mostPlans = 200;

/** An element of the Plans view. Commands of its menus get it and take its `resourceUri`. */
export interface PlanNode {
  resourceUri: vscode.Uri;
}

/** The Plans view: the workspace's plans by name. It is there only where there are some. */
export class PlansTree implements vscode.TreeDataProvider<PlanNode>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #watcher: vscode.FileSystemWatcher;

  constructor() {
    this.#watcher = vscode.workspace.createFileSystemWatcher(planGlob, false, true, false);
    const look = (): void => {
      void this.look();
    };
    this.#watcher.onDidCreate(look);
    this.#watcher.onDidDelete(look);
  }

  /** Finds out whether there are plans. */
  async look(): Promise<void> {
    setContext('rtbench.hasPlans', (await this.getChildren()).length > 0);
    this.#changed.fire(undefined);
  }

  async getChildren(node?: PlanNode): Promise<PlanNode[]> {
    if (node) return [];
    const found = await vscode.workspace.findFiles(planGlob, '**/node_modules/**', mostPlans);
    found.sort((one, other) => one.path.localeCompare(other.path));
    return found.map((resourceUri) => ({ resourceUri }));
  }

  getTreeItem({ resourceUri }: PlanNode): vscode.TreeItem {
    const item = new vscode.TreeItem(path.posix.basename(resourceUri.path, '.rtplan.json'));
    const folder = path.posix.dirname(vscode.workspace.asRelativePath(resourceUri));
    return Object.assign(item, {
      id: resourceUri.toString(),
      description: folder === '.' ? '' : folder,
      iconPath: new vscode.ThemeIcon('checklist'),
      contextValue: 'plan',
      command: { command: 'rtbench.openPlan', title: 'Open', arguments: [resourceUri] },
    });
  }

  dispose(): void {
    this.#watcher.dispose();
    this.#changed.dispose();
  }
}
