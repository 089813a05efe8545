import { sanitiseText } from '../../transport/sanitiseText.ts';
import type { Lens } from '../remarks/lens.ts';
import type { Place } from '../remarks/place.ts';
import type { PlanDocument } from './planDocument.ts';
import { valueOf } from './planDocument.ts';
import type { PlanFacts } from './planFacts.ts';
import { newestResults } from './thresholdResults.ts';

/** The commands of the client that lenses call; each gets the plan's address first. */
export const runPlanCommand = 'rtbench.runPlan';
export const comparePlanCommand = 'rtbench.comparePlanWithLast';
export const openRunCommand = 'rtbench.openPlanResult';

/** What can be done with a plan. Nothing while its text is no plan. */
export function planLenses(document: PlanDocument, facts: PlanFacts): Lens[] {
  const { plan, tree, endpoints } = document;
  if (!plan || !tree) return [];
  const top = { offset: tree.offset, length: 1 };
  const lens = (at: Place, title: string, command: string, ...rest: unknown[]): Lens => {
    return { offset: at.offset, length: at.length, title, command, arguments: rest };
  };
  const lenses = [lens(top, '$(play) Run', runPlanCommand)];
  if (facts.results.length > 0) lenses.push(lens(top, 'Open Last Run', openRunCommand));
  if (newestResults(facts.results).length < facts.results.length) {
    lenses.push(lens(top, 'Compare with Last', comparePlanCommand));
  }
  const list = valueOf(document, 'endpoints');
  const others = facts.endpoints.filter(
    ({ name }) => !endpoints.some(({ id }) => id?.value === name),
  );
  if (list && others.length > 0) {
    const title = '$(run-all) Run on All Endpoints';
    lenses.push(lens(keyPlace(list), title, runPlanCommand, { endpoints: 'all' }));
  }
  if (endpoints.length < 2) return lenses;
  for (const { node, id } of endpoints) {
    if (!id) continue;
    const only = { endpoints: [id.value] };
    // Lenses draw icons where a text asks for them.
    const name = sanitiseText(id.value, 30).replaceAll('$(', '(');
    lenses.push(lens(node, `$(play) Run on ${name} Only`, runPlanCommand, only));
  }
  return lenses;
}

/** A lens stands above the key, wherever the value is. */
function keyPlace(value: { parent?: { offset: number; length: number } } & Place): Place {
  const property = value.parent ?? value;
  return { offset: property.offset, length: 1 };
}
