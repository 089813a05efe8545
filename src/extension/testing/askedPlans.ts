import type * as vscode from 'vscode';
import type { Leaf, PlanItem, PlanItems } from './planItems.ts';

/** A plan, and what of it is to be judged. */
export interface AskedPlan extends PlanItem {
  asked: Leaf[];
}

/** What a request is about, by plan: a plan is run once, however many of its items are chosen. */
export function askedPlans({ plans }: PlanItems, request: vscode.TestRunRequest): AskedPlan[] {
  return plans
    .map((plan) => ({ ...plan, asked: plan.leaves.filter(({ item }) => isAsked(item, request)) }))
    .filter(({ asked }) => asked.length > 0);
}

/** Whether a request is about an item, which is there by itself or in what holds it. */
export function isAsked(
  item: vscode.TestItem,
  { include, exclude = [] }: vscode.TestRunRequest,
): boolean {
  const line = lineage(item);
  if (line.some((each) => exclude.includes(each))) return false;
  return include === undefined || line.some((each) => include.includes(each));
}

function lineage(item: vscode.TestItem): vscode.TestItem[] {
  return item.parent ? [item, ...lineage(item.parent)] : [item];
}
