import { loadText } from '../plan/loadText.ts';
import { boundsOf } from './findCapacity.ts';
import type { SeriesOutcome } from './runSteps.ts';

/** What a series found out, in a sentence or two. */
export function outcomeText(outcome: SeriesOutcome): string {
  return outcome.profile.kind === 'sweep' ? sweepText(outcome) : capacityText(outcome);
}

function sweepText({ endpoint, steps }: SeriesOutcome): string {
  const [alone, saturated, ...between] = steps;
  if (!alone || !saturated) return `Sweep of ${endpoint}: not complete.`;
  const rate = (perS: number | null) => `${(perS ?? 0).toPrecision(3)} sessions per second`;
  const levels = between.length === 0 ? 'nothing lies between' : ratesText(between.length);
  return (
    `Sweep of ${endpoint}: ${rate(alone.sessionsPerS)} one at a time, ` +
    `${rate(saturated.sessionsPerS)} with ${loadText(saturated.load)}; ${levels}.`
  );
}

function ratesText(count: number): string {
  return `${count} ${count === 1 ? 'rate' : 'rates'} between`;
}

/** `max_sustainable_streams` of metrics 7.2. */
function capacityText({ endpoint, steps }: SeriesOutcome): string {
  const { held, missed } = boundsOf(steps);
  const name = `Capacity of ${endpoint}`;
  const metric = '(max_sustainable_streams)';
  if (missed === null) return `${name}: at least ${held} ${metric}, the most that were tried.`;
  const failed = steps.find(({ load }) => load.kind === 'concurrent' && load.sessions === missed);
  return `${name}: ${held} ${metric}. With ${missed} at once: ${failed?.missed.join('; ') ?? ''}.`;
}
