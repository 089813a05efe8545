import type { Load } from '../plan/load.ts';
import type { Plan } from '../plan/plan.ts';
import type { FileSummary } from '../runfile/summarySchema.ts';
import type { MeasuredStep } from './measuredStep.ts';
import { missedBy } from './serviceLevel.ts';

/** So many times as many sessions as run at once: fewer hardly ever run all at once. */
const roundsAtLeast = 2;

const mostRepeats = 1000;

/** A plan for a run of a series: utterances are sent as often as its load needs sessions. */
export function stepPlan(plan: Plan, load: Load, measured: readonly MeasuredStep[]): Plan {
  const [first] = measured;
  if (!first) return { ...plan, load };
  const repeats = repeatsFor(plan, expectedAtOnce(load, first), first.utterances);
  return { ...plan, load, repeats };
}

/** How often to send each utterance so that so many sessions at once are seen. */
export function repeatsFor({ repeats }: Plan, atOnce: number, utterances: number): number {
  const needed = Math.ceil((roundsAtLeast * atOnce) / Math.max(1, utterances));
  return Math.min(mostRepeats, Math.max(repeats, needed));
}

/** By Little's law: rate × mean session, where one at a time takes 1/rate each. */
function expectedAtOnce(load: Load, { sessionsPerS }: MeasuredStep): number {
  if (load.kind === 'concurrent') return load.sessions;
  return load.kind === 'constant' && sessionsPerS ? load.perSecond / sessionsPerS : 1;
}

/** What a run of a series showed, by its endpoint's figures. */
export function measuredStep(plan: Plan, summary: FileSummary): MeasuredStep {
  const sessionsPerS = summary.run.sessions_per_s;
  return {
    load: plan.load,
    sessionsPerS: typeof sessionsPerS === 'number' ? sessionsPerS : null,
    utterances: (summary.sessions.total ?? 0) / plan.repeats,
    missed: missedBy(summary, plan.thresholds),
  };
}
