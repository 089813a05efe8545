import type { MetricId } from '../metrics/registry/metricRegistry.ts';

/** In the order of a session's life; those without a value are left out. */
export const shownMetrics: readonly MetricId[] = [
  'connect_time',
  'ready_time',
  'ttft',
  'ttft_speech',
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
