import { textProfile } from '../metrics/text/textProfiles.ts';
import type { Plan } from '../plan/plan.ts';
import { requireKnownMetrics } from '../runfile/checkThresholds.ts';

/** Throws a BenchError for names in a plan that do not exist, before anything is sent. */
export function checkPlan({ thresholds, textProfile: profile }: Plan): void {
  requireKnownMetrics(thresholds);
  if (profile !== 'auto') textProfile(profile);
}
