import { BenchError } from '../../common/benchError.ts';
import { defaultDeadlines, planSchema, type Plan, type PlanEndpoint } from '../../plan/plan.ts';
import { schemaProblem } from '../../runfile/schemaProblem.ts';
import type { ConfiguredEndpoint } from '../services.ts';
import type { PacingProfile } from './pacingProfiles.ts';

export interface PlanChoices {
  endpoints: readonly ConfiguredEndpoint[];
  /** Absolute path. */
  dataset: string;
  profile: PacingProfile;
  settings: PlanSettings;
}

/** Settings of VS Code that become part of a plan. */
export interface PlanSettings {
  chunkMs: number;
  textProfile: string;
}

/** Throws a BenchError where a setting or an endpoint cannot be used. */
export function buildPlan({ endpoints, dataset, profile, settings }: PlanChoices): Plan {
  const plan = planSchema.safeParse({
    endpoints: endpoints.map(planEndpoint),
    dataset: { path: dataset, limit: null },
    load: { kind: 'concurrent', sessions: profile.sessions },
    pacing: { mode: profile.mode, speed: 1, chunkMs: settings.chunkMs },
    deadlines: defaultDeadlines,
    repeats: 1,
    textProfile: settings.textProfile,
    thresholds: [],
  });
  if (plan.success) return plan.data;
  throw new BenchError(
    'plan_invalid',
    `These settings cannot be used: ${schemaProblem(plan.error)}. Check the settings of RTBench.`,
  );
}

/** Keys go their own way: a plan made here names no environment variable. */
export function planEndpoint(endpoint: ConfiguredEndpoint): PlanEndpoint {
  const { name, dialect, url, model, language, options } = endpoint;
  const asked = options && Object.keys(options).length > 0 ? { options } : {};
  return { id: name, dialect, url, model, language, ...asked, apiKeyEnv: null };
}
