import type { Plan } from '../plan/plan.ts';

/** One session to run: which utterance goes to which endpoint. */
export interface SessionJob {
  id: string;
  endpointId: string;
  utteranceId: string;
  /** 0-based. */
  repeat: number;
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
