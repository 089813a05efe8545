import { randomUUID } from 'node:crypto';
import { BenchError } from '../common/benchError.ts';
import { loadText } from '../plan/loadText.ts';
import type { Plan } from '../plan/plan.ts';
import type { PlannedRun } from '../planfile/plansOf.ts';
import type { Series, SeriesPlace } from '../plan/series.ts';
import type { FileSummary } from '../runfile/summarySchema.ts';
import type { MeasuredStep } from './measuredStep.ts';
import { decidingStep, nextLoad } from './nextLoad.ts';
import { measuredStep, stepPlan } from './stepPlan.ts';

/** A run that is to be made. */
export interface RunStep {
  title: string;
  plan: Plan;
  /** Absent for a run of its own. */
  series?: SeriesPlace;
}

/** What a series showed of one endpoint. */
export interface SeriesOutcome {
  endpoint: string;
  profile: Series;
  steps: MeasuredStep[];
  /** Which of all runs that were made its plan's thresholds are held against. */
  decidingRun: number;
}

/**
 * The runs that a profile takes, one after the other: `next` says what to measure, `add` takes
 * what it showed. A series is gone through with one endpoint after the other.
 */
export class RunSteps {
  readonly #planned: PlannedRun;
  readonly #id = randomUUID();
  readonly #endpoints: Plan['endpoints'];
  readonly outcomes: SeriesOutcome[] = [];
  #steps: MeasuredStep[] = [];
  #made = 0;

  constructor(planned: PlannedRun) {
    this.#planned = planned;
    this.#endpoints = [...planned.plan.endpoints];
  }

  /** The run to make now; null where all were made. */
  next(): RunStep | null {
    const { title, plan, series } = this.#planned;
    if (series === null) return this.#made === 0 ? { title, plan } : null;
    const [endpoint] = this.#endpoints;
    const load = endpoint && nextLoad(series, this.#steps);
    if (!load) return null;
    const names = plan.endpoints.length > 1 ? [title, endpoint.id] : [title];
    return {
      title: [...names, loadText(load)].join(', '),
      plan: stepPlan({ ...plan, endpoints: [endpoint] }, load, this.#steps),
      series: { id: this.#id, title, profile: series, step: this.#steps.length },
    };
  }

  /** The run that `next` named was made. Throws a BenchError where it has no figures. */
  add(summary: readonly FileSummary[]): void {
    const step = this.next();
    this.#made += 1;
    if (!step?.series) return;
    const [figures] = summary;
    if (!figures) throw new BenchError('no_figures', `${step.title} has no figures to go on by.`);
    this.#steps.push(measuredStep(step.plan, figures));
    if (nextLoad(step.series.profile, this.#steps) === null) this.#end(step.series.profile);
  }

  #end(profile: Series): void {
    const endpoint = this.#endpoints.shift()!.id;
    const steps = this.#steps;
    const first = this.#made - steps.length;
    const decidingRun = first + decidingStep(profile, steps);
    this.outcomes.push({ endpoint, profile, steps, decidingRun });
    this.#steps = [];
  }
}
