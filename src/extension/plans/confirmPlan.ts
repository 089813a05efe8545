import type { PlannedRun } from '../../planfile/plansOf.ts';
import { confirmBenchmark, type Confirmed } from '../benchmark/confirmBenchmark.ts';
import { DatasetAmounts } from '../benchmark/datasetAmounts.ts';
import type { Services } from '../services.ts';
import type { PlannedRuns } from './plannedRuns.ts';

/** Shows what the runs of a plan would send; null where the user does not want it. */
export function confirmPlan(
  services: Services,
  { file, folder, name, runs }: PlannedRuns,
  amounts = new DatasetAmounts(services),
): Promise<Confirmed<PlannedRun> | null> {
  return confirmBenchmark(services, `Run "${name}"`, [], {
    runs: () => runs,
    resource: () => file,
    folder,
    amounts,
  });
}
