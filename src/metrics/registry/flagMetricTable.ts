import { defineMetrics } from './metricDefinition.ts';

/** Yes or no per session. */
export const flagMetricTable = defineMetrics('session', {
  first_text_in_final: {
    label: 'First text in the final',
    short: 'Final first',
    unit: 'flag',
    direction: 'neutral',
    description: 'The server showed no text before its final one.',
  },
  early_final: {
    label: 'Early final',
    short: 'Early',
    unit: 'flag',
    description: 'A final text came before the last word was spoken.',
    requires: ['word_times', 'audio_clock', 'final'],
  },
  done_without_text: {
    label: 'Done without text',
    short: 'No text',
    unit: 'flag',
    description: 'The final event carried no text.',
    requires: ['final'],
  },
  keeps_up: {
    label: 'Keeps up',
    short: 'Keeps up',
    unit: 'flag',
    direction: 'higher',
    description: 'Word latency grows by at most 5 ms per second and the tail stays short.',
    requires: ['word_times', 'audio_clock', 'final'],
  },
});

/** A word per session. */
export const labelMetricTable = defineMetrics('session', {
  tokens_source: {
    label: 'Token count from',
    short: 'Token source',
    unit: 'label',
    direction: 'neutral',
    description: 'Where the number of tokens comes from: usage, delta_tokens or delta_count.',
  },
  pacing_quality: {
    label: 'Pacing quality',
    short: 'Pacing',
    unit: 'label',
    direction: 'neutral',
    description: 'Whether this computer sent the audio on time: ok, degraded or invalid.',
    requires: ['paced'],
  },
});
