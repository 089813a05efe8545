import { defineMetrics } from './metricDefinition.ts';

/** Many numbers per session: every observation of a run counts. */
export const pooledMetricTable = defineMetrics('pooled', {
  idl: {
    label: 'Inter-delta latency',
    short: 'IDL',
    unit: 'ms',
    headline: ['p50', 'p95', 'p99'],
    description: 'Time between two consecutive deltas with text.',
  },
  wel: {
    label: 'Word emission latency',
    short: 'WEL',
    unit: 'ms',
    headline: ['p50', 'p90', 'p95'],
    description: 'From the end of a spoken word until it was first shown.',
    requires: ['word_times', 'audio_clock'],
    alsoKnownAs: ['upl', 'partial recognition latency (PR50, PR90)'],
  },
  wsl: {
    label: 'Word stable latency',
    short: 'WSL',
    unit: 'ms',
    headline: ['p50', 'p90', 'p95'],
    description: 'From the end of a spoken word until it was shown for good.',
    requires: ['word_times', 'audio_clock'],
  },
  wel_send: {
    label: 'Word emission latency from send',
    short: 'WEL send',
    unit: 'ms',
    headline: ['p50', 'p90', 'p95'],
    description: 'From sending the chunk that ends a spoken word until it was first shown.',
    requires: ['word_times', 'paced'],
  },
  cursor_lag: {
    label: 'Cursor lag',
    short: 'Cursor lag',
    unit: 'ms',
    description: 'Audio sent but not yet shown, each time a matched word appeared.',
    requires: ['word_times', 'audio_clock'],
  },
  send_lateness: {
    label: 'Send lateness',
    short: 'Lateness',
    unit: 'ms',
    decimals: 2,
    headline: ['p50', 'p99'],
    description: 'How late this computer sent each chunk of audio; not the server’s doing.',
  },
});
