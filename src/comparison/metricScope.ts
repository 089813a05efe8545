import { metricRegistry, type MetricId } from '../metrics/registry/metricRegistry.ts';

/** The metrics that a condition bears on. */
export type MetricScope = 'all' | 'text' | 'speech_times' | 'word_times' | 'load' | 'goodput';

const inWords: Record<MetricScope, string> = {
  all: 'every metric',
  text: 'error rates of the text',
  speech_times: 'times from the start and the end of speech',
  word_times: 'times from spoken words',
  load: 'throughput, concurrency, goodput and times from scheduled starts',
  goodput: 'goodput',
};

/** For people, for example `error rates of the text`. */
export function scopeText(scope: MetricScope): string {
  return inWords[scope];
}

const ofSpeech: ReadonlySet<MetricId> = new Set([
  'ttft_speech',
  'ttfs',
  'ttfs_first_final',
  'ttfs_first_partial',
  'stall_count',
  'early_final',
  'keeps_up',
  'wer_at_0',
  'wer_at_200',
  'wer_at_500',
  'wer_at_1000',
  'time_to_final_wer',
]);

const ofText: ReadonlySet<MetricId> = new Set([
  'wer_at_0',
  'wer_at_200',
  'wer_at_500',
  'wer_at_1000',
  'time_to_final_wer',
  'stream_final_wer',
]);

const ofGoodput: ReadonlySet<MetricId> = new Set(['goodput', 'goodput_ratio']);

const ofLoad: ReadonlySet<MetricId> = new Set([
  ...ofGoodput,
  'start_delay',
  'ttft_sched',
  'audio_throughput',
  'sessions_per_s',
  'concurrency_mean',
  'concurrency_max',
  'concurrency_little',
  'saturation',
]);

/** Whether a condition of this scope bears on the metric. */
export function isInScope(metric: MetricId, scope: MetricScope): boolean {
  switch (scope) {
    case 'all':
      return true;
    case 'text':
      return metricRegistry[metric].level === 'text' || ofText.has(metric);
    case 'speech_times':
      return ofSpeech.has(metric);
    case 'word_times':
      return metricRegistry[metric].requires.includes('word_times') && !ofSpeech.has(metric);
    case 'load':
      return ofLoad.has(metric);
    case 'goodput':
      return ofGoodput.has(metric);
  }
}
