import * as vscode from 'vscode';
import { setContext } from '../setContext.ts';
import { planLabel } from './planLabel.ts';
import type { PlanList } from './planList.ts';

/** An element of the Plans view. Commands of its menus get it and take its `resourceUri`. */
export interface PlanNode {
  resourceUri: vscode.Uri;
}

/** The Plans view: the workspace's plans by name. It is there only where there are some. */
export class PlansTree implements vscode.TreeDataProvider<PlanNode>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #plans: PlanList;
  readonly #subscription: vscode.Disposable;

  constructor(plans: PlanList) {
    this.#plans = plans;
    this.#subscription = plans.onDidChange(() => {
      void this.look();
    });
  }

  /** Finds out whether there are plans. */
  async look(): Promise<void> {
    setContext('rtbench.hasPlans', (await this.#plans.list()).length > 0);
    this.#changed.fire(undefined);
  }

  async getChildren(node?: PlanNode): Promise<PlanNode[]> {
    if (node) return [];
    return (await this.#plans.list()).map((resourceUri) => ({ resourceUri }));
  }

  getTreeItem({ resourceUri }: PlanNode): vscode.TreeItem {
    const { name, folder } = planLabel(resourceUri);
    return Object.assign(new vscode.TreeItem(name), {
      id: resourceUri.toString(),
      description: folder,
      iconPath: new vscode.ThemeIcon('checklist'),
      contextValue: 'plan',
      command: { command: 'rtbench.openPlan', title: 'Open', arguments: [resourceUri] },
    });
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}
