import { defineMetrics, type MetricEntry } from './metricDefinition.ts';

const werAt = (tauMs: number): MetricEntry => ({
  label: `WER ${tauMs} ms after speech`,
  short: `WER@${tauMs}`,
  unit: 'ratio',
  description: `Word error rate of the text shown ${tauMs} ms after the last word was spoken.`,
  requires: ['reference', 'word_times', 'audio_clock'],
});

const form = (light: boolean) => (light ? ' (light)' : '');

const ignoring = (light: boolean) => (light ? ', ignoring case and outer punctuation' : '');

const erasure = (light: boolean): MetricEntry => ({
  label: `Normalized erasure${form(light)}`,
  short: `Erasure${form(light)}`,
  unit: 'ratio',
  description: `Words taken back per word of the final text${ignoring(light)}.`,
  alsoKnownAs: ['NE', 'upwr'],
});

const revisionEvents = (light: boolean): MetricEntry => ({
  label: `Revisions${form(light)}`,
  short: `Revisions${form(light)}`,
  unit: 'count',
  description: `How often shown words were taken back${ignoring(light)}.`,
  alsoKnownAs: ['flicker count', 'upsr (its mean)'],
});

const revisionRate = (light: boolean): MetricEntry => ({
  label: `Revision rate${form(light)}`,
  short: `Revisions/s${form(light)}`,
  unit: 'per_s',
  description: `Revisions per second of speech${ignoring(light)}.`,
  requires: ['word_times'],
});

const stablePrefix = (light: boolean): MetricEntry => ({
  label: `Stable prefix ratio${form(light)}`,
  short: `Stable${form(light)}`,
  unit: 'ratio',
  direction: 'higher',
  description: `Share of shown words that stayed, averaged over time${ignoring(light)}.`,
});

const editOverhead = (light: boolean): MetricEntry => ({
  label: `Edit overhead${form(light)}`,
  short: `Edits${form(light)}`,
  unit: 'ratio',
  description: `Words taken back or added per word of the final text${ignoring(light)}.`,
});

const delay = (label: string, short: string, description: string): MetricEntry => ({
  label,
  short,
  unit: 'ms',
  description,
  requires: ['reference', 'paced'],
});

/** One number per session: text over time, stability of partial texts, interpretation delays. */
export const transcriptMetricTable = defineMetrics('session', {
  wer_at_0: werAt(0),
  wer_at_200: werAt(200),
  wer_at_500: werAt(500),
  wer_at_1000: werAt(1000),
  time_to_final_wer: {
    label: 'Time to final WER',
    short: 'To final WER',
    unit: 'ms',
    description: 'From the end of the last spoken word until the word error rate changed no more.',
    requires: ['reference', 'word_times', 'audio_clock'],
  },
  stream_final_wer: {
    label: 'Streamed against final text',
    short: 'Stream WER',
    unit: 'ratio',
    description: 'Word error rate of what the deltas said, with the final text as reference.',
    requires: ['final'],
  },
  normalized_erasure: erasure(false),
  normalized_erasure_light: erasure(true),
  revision_events: revisionEvents(false),
  revision_events_light: revisionEvents(true),
  revision_rate: revisionRate(false),
  revision_rate_light: revisionRate(true),
  stable_prefix_ratio: stablePrefix(false),
  stable_prefix_ratio_light: stablePrefix(true),
  edit_overhead: editOverhead(false),
  edit_overhead_light: editOverhead(true),
  al: delay(
    'Average lagging',
    'AL',
    'Mean audio by which words trail an even speaker of the reference; rewards extra words.',
  ),
  laal: delay(
    'Length-adaptive average lagging',
    'LAAL',
    'Average lagging that does not reward extra words.',
  ),
  ap: {
    label: 'Average proportion',
    short: 'AP',
    unit: 'ratio',
    description: 'Mean share of the audio that was sent when a word appeared.',
    requires: ['reference', 'paced'],
  },
  dal: delay(
    'Differentiable average lagging',
    'DAL',
    'Average lagging in which a delay also holds up the words behind it.',
  ),
  start_offset: delay('Start offset', 'Start', 'Audio sent when the first word appeared.'),
  end_offset: delay(
    'End offset',
    'End',
    'Audio sent when the last word appeared, minus the length of the audio.',
  ),
  al_ca: delay(
    'Average lagging, by the clock',
    'AL CA',
    'Average lagging with time passed instead of audio sent.',
  ),
  laal_ca: delay(
    'Length-adaptive average lagging, by the clock',
    'LAAL CA',
    'Length-adaptive average lagging with time passed instead of audio sent.',
  ),
  dal_ca: delay(
    'Differentiable average lagging, by the clock',
    'DAL CA',
    'Differentiable average lagging with time passed instead of audio sent.',
  ),
  start_offset_ca: delay(
    'Start offset, by the clock',
    'Start CA',
    'Time passed since the start of the audio when the first word appeared.',
  ),
  end_offset_ca: delay(
    'End offset, by the clock',
    'End CA',
    'Time passed when the last word appeared, minus the length of the audio.',
  ),
});
