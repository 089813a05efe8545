import * as vscode from 'vscode';
import { planLabel } from '../plans/planLabel.ts';
import type { PlanFile } from '../../planfile/planFileSchema.ts';
import type { Cell, PlanOutline, TestablePlan, ThresholdOutline } from './planOutline.ts';
import type { TextRange } from './textPlace.ts';

/** What passes or fails by itself: a threshold at one endpoint of one of the plan's runs. */
export interface Leaf {
  item: vscode.TestItem;
  threshold: ThresholdOutline;
  cell: Cell;
}

/** A plan that has thresholds. */
export interface PlanItem {
  item: vscode.TestItem;
  uri: vscode.Uri;
  plan: PlanFile;
  leaves: Leaf[];
}

/** Plans in the Testing view: plan, threshold, and where it is held against several figures those. */
export class PlanItems {
  readonly #controller: vscode.TestController;
  readonly #plans = new Map<string, PlanItem>();
  readonly #conditions = new Map<string, string>();

  constructor(controller: vscode.TestController) {
    this.#controller = controller;
  }

  /** Those that can be run. */
  get plans(): PlanItem[] {
    return [...this.#plans.values()];
  }

  /** Those that cannot, with the reason as their error. */
  get unreadable(): vscode.TestItem[] {
    const all: vscode.TestItem[] = [];
    this.#controller.items.forEach((item) => all.push(item));
    return all.filter(({ id }) => !this.#plans.has(id));
  }

  /** Removes all but these. */
  keep(uris: readonly vscode.Uri[]): void {
    const kept = new Set(uris.map(String));
    const gone: vscode.Uri[] = [];
    this.#controller.items.forEach(({ id, uri }) => {
      if (uri && !kept.has(id)) gone.push(uri);
    });
    for (const uri of gone) this.remove(uri);
  }

  remove(uri: vscode.Uri): void {
    const id = uri.toString();
    this.#plans.delete(id);
    this.#controller.items.delete(id);
  }

  /** A plan without thresholds has no verdict, and is none. */
  show(uri: vscode.Uri, outline: PlanOutline): void {
    if (outline.kind === 'unreadable') this.#showProblem(uri, outline.problem, outline.range);
    else if (outline.thresholds.length === 0) this.remove(uri);
    else this.#showPlan(uri, outline);
  }

  /** Thresholds that were there stay, so that their results survive while the plan is edited. */
  #showProblem(uri: vscode.Uri, problem: string, range: TextRange): void {
    this.#plans.delete(uri.toString());
    const item = this.#planItem(uri);
    item.range = vscodeRange(range);
    item.error = problem;
    this.#controller.items.add(item);
  }

  #showPlan(uri: vscode.Uri, outline: TestablePlan): void {
    const { plan, range, thresholds, cells, conditions } = outline;
    const id = uri.toString();
    const item = this.#planItem(uri);
    const leaves: Leaf[] = [];
    const children = thresholds.map((threshold, index) => {
      const child = this.#thresholdItem(item, threshold, index);
      leaves.push(...this.#leaves(child, threshold, cells));
      return child;
    });
    item.range = vscodeRange(range);
    item.error = undefined;
    item.children.replace(children);
    this.#controller.items.add(item);
    this.#plans.set(id, { item, uri, plan, leaves });
    const before = this.#conditions.get(id);
    this.#conditions.set(id, conditions);
    if (before !== undefined && before !== conditions) this.#controller.invalidateTestResults(item);
  }

  #planItem(uri: vscode.Uri): vscode.TestItem {
    const { name, folder } = planLabel(uri);
    const item = this.#item(this.#controller.items, uri.toString(), name, uri);
    item.description = folder;
    return item;
  }

  #thresholdItem(
    parent: vscode.TestItem,
    { id, label, range, problem }: ThresholdOutline,
    index: number,
  ): vscode.TestItem {
    const item = this.#item(parent.children, id, label, parent.uri);
    item.range = vscodeRange(range);
    item.sortText = inOrder(index);
    item.error = problem ?? undefined;
    return item;
  }

  /** One figure needs no level of its own. */
  #leaves(parent: vscode.TestItem, threshold: ThresholdOutline, cells: readonly Cell[]): Leaf[] {
    const [only, ...others] = cells;
    if (only && others.length === 0) {
      parent.children.replace([]);
      return [{ item: parent, threshold, cell: only }];
    }
    const leaves = cells.map((cell, index) => {
      const item = this.#item(parent.children, cell.id, cell.label, parent.uri);
      item.range = vscodeRange(threshold.range);
      item.sortText = inOrder(index);
      return { item, threshold, cell };
    });
    parent.children.replace(leaves.map(({ item }) => item));
    return leaves;
  }

  /** The one that is there keeps its results. */
  #item(
    among: vscode.TestItemCollection,
    id: string,
    label: string,
    uri: vscode.Uri | undefined,
  ): vscode.TestItem {
    return among.get(id) ?? this.#controller.createTestItem(id, label, uri);
  }
}

function vscodeRange({ start, end }: TextRange): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

function inOrder(index: number): string {
  return String(index).padStart(6, '0');
}
