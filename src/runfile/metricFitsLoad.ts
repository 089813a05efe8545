import type { MetricId } from '../metrics/registry/metricRegistry.ts';
import type { Load } from '../plan/load.ts';
import { sessionsAtOnce } from '../plan/loadLimits.ts';

const countedFromSchedule: ReadonlySet<MetricId> = new Set(['start_delay', 'ttft_sched']);

/** Whether a metric says anything of a run: in closed loads sessions are wanted when they start. */
export function metricFitsLoad(id: MetricId, load: Load): boolean {
  return sessionsAtOnce(load) === null || !countedFromSchedule.has(id);
}
