import type { Plan } from '../plan/plan.ts';
import type { SeriesPlace } from '../plan/series.ts';
import type { FileSummary } from '../runfile/summarySchema.ts';
import { decidingStep, nextLoad } from './nextLoad.ts';
import { measuredStep } from './stepPlan.ts';

/** A saved run of a series. */
export interface SeriesRun {
  place: SeriesPlace;
  plan: Plan;
  /** Its endpoint's. */
  summary: FileSummary;
}

/**
 * Which of the saved runs of one series with one endpoint the plan's thresholds are held against;
 * null where some are missing.
 */
export function decidingRun<Run extends SeriesRun>(runs: readonly Run[]): Run | null {
  const inOrder = runs.toSorted((one, other) => one.place.step - other.place.step);
  const [first] = inOrder;
  if (!first || inOrder.some(({ place }, at) => place.step !== at)) return null;
  const { profile } = first.place;
  const steps = inOrder.map(({ plan, summary }) => measuredStep(plan, summary));
  return nextLoad(profile, steps) === null ? inOrder[decidingStep(profile, steps)]! : null;
}
