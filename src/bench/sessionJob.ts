import type { Plan } from '../plan/plan.ts';

/** One session to run: which utterance goes to which endpoint. */
export interface SessionJob {
  id: string;
  endpointId: string;
  utteranceId: string;
  /** 0-based. */
  repeat: number;
}

/** Sessions before those that are measured: the first utterances, for each endpoint. */
export function warmUpJobs(plan: Plan, utteranceIds: readonly string[]): SessionJob[] {
  return Array.from({ length: utteranceIds.length === 0 ? 0 : (plan.warmUp ?? 0) }, (_, at) =>
    plan.endpoints.map(({ id: endpointId }) => ({
      id: `w${at + 1}`,
      endpointId,
      utteranceId: utteranceIds[at % utteranceIds.length]!,
      repeat: 0,
    })),
  ).flat();
}

/**
 * The sessions of a plan in the order they start. Endpoints take turns utterance by
 * utterance, so that a drift of the network or machine meets all of them alike.
 */
export function planJobs(plan: Plan, utteranceIds: readonly string[]): SessionJob[] {
  const jobs: SessionJob[] = [];
  for (let repeat = 0; repeat < plan.repeats; repeat++) {
    for (const utteranceId of utteranceIds) {
      for (const endpoint of plan.endpoints) {
        const id = `s${String(jobs.length + 1).padStart(5, '0')}`;
        jobs.push({ id, endpointId: endpoint.id, utteranceId, repeat });
      }
    }
  }
  return jobs;
}
