import { confirmBenchmark, type Confirmed } from '../benchmark/confirmBenchmark.ts';
import { DatasetAmounts } from '../benchmark/datasetAmounts.ts';
import type { Services } from '../services.ts';
import type { PlannedRuns } from './plannedRuns.ts';

/** Shows what the runs of a plan would send; null where the user does not want it. */
export function confirmPlan(
  services: Services,
  { file, folder, name, runs }: PlannedRuns,
  amounts = new DatasetAmounts(services),
): Promise<Confirmed | null> {
  const plans = runs.map(({ plan }) => plan);
  return confirmBenchmark(services, `Run "${name}"`, [], {
    plans: () => plans,
    resource: () => file,
    folder,
    amounts,
  });
}
