import type { MetricId } from '../metrics/registry/metricRegistry.ts';
import type { Load } from '../plan/load.ts';
import { metricFitsLoad } from '../runfile/metricFitsLoad.ts';

/** In the order of a session's life; those without a value are left out. */
const ids: readonly MetricId[] = [
  'start_delay',
  'connect_time',
  'ready_time',
  'ttft',
  'ttft_speech',
  'ttft_sched',
  'idl',
  'itl',
  'max_gap',
  'wel',
  'wel_send',
  'ttfs',
  'finalize_latency',
  'tail_latency',
  'rtf',
  'rtfx',
  'normalized_erasure',
  'send_lateness',
];

/** What reports show of a run under a load. */
export function shownMetrics(load: Load): readonly MetricId[] {
  return ids.filter((id) => metricFitsLoad(id, load));
}
