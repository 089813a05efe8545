import { sanitiseText } from '../../transport/sanitiseText.ts';
import type { Hint } from '../remarks/hint.ts';
import type { PlanDocument } from './planDocument.ts';
import type { PlanFacts } from './planFacts.ts';
import { figureText, thresholdOutcome } from './thresholdResults.ts';

/** What the last runs say of the thresholds. */
export function planHints({ thresholds }: PlanDocument, { results }: PlanFacts): Hint[] {
  return thresholds.flatMap(({ part, metric }) => {
    const outcome = metric && thresholdOutcome(part.value, results);
    if (!outcome) return [];
    const { met, worst, count, endpoint } = outcome;
    const who = count > 1 ? ` (${sanitiseText(endpoint, 40)})` : '';
    const all = count > 1 ? ` The worst of ${count} figures.` : '';
    return [
      {
        // Behind the closing quote.
        offset: part.offset + part.length + 1,
        label: `${met ? '✓' : '✗'} ${figureText(metric.text, worst)}${who}`,
        tooltip: `${met ? 'Met' : 'Missed'} by the last run of this plan.${all}`,
      },
    ];
  });
}
