import type { Micros } from '../trace/sessionTrace.ts';

/** Why a metric has no value. Stable: saved files and code rely on the ids. */
export const missingReasons = {
  not_connected: 'the connection never opened',
  not_ready: 'the server never became ready',
  connection_reused: 'the session took over a connection that was open already',
  not_closed: 'the connection was not seen to close',
  no_audio_sent: 'no audio was sent',
  audio_incomplete: 'the session ended before all audio was sent',
  no_event: 'no transcript event arrived',
  no_text: 'no text arrived',
  no_final: 'no final text arrived',
  no_final_after_speech: 'no final text arrived after the end of speech',
  no_text_after_speech: 'no text arrived after the end of speech',
  no_partial_text: 'no text was shown before the final one',
  no_commit: 'no commit was sent',
  too_few_deltas: 'there were fewer than two deltas with text',
  too_few_gaps: 'there were fewer than two gaps between deltas',
  too_few_tokens: 'the number of tokens does not exceed that of the first delta',
  no_reference: 'the utterance has no reference text',
  empty_reference: 'the reference text has no words',
  unknown_text_profile: 'this version of RTBench does not know the text profile of the plan',
  no_word_times: 'the dataset has no word times for this utterance',
  no_speech: 'nothing is said in this utterance',
  no_matched_words: 'no reference word was recognised',
  too_short: 'the utterance has under 30 s of audio or under 20 recognised words',
  burst_pacing: 'the audio was sent faster than it is spoken (burst)',
  realtime_pacing: 'the audio was paced, so this says nothing about speed',
  pacing_invalid: 'this computer sent the audio too late for the value to be trusted',
  undefined_ratio: 'the ratio has no finite value',
  no_sessions: 'there are no sessions to count',
  not_measured: 'it was not measured',
  no_thresholds: 'the plan has no threshold on a metric of sessions',
  too_few_sessions: 'fewer than 10 completed sessions showed text',
  not_enough_clips: 'there are fewer than 10 clips with enough different speech starts',
} as const;

export type MissingReason = keyof typeof missingReasons;

/** Stands where a value would be. Never 0: a zero would pull every mean and percentile down. */
export interface Missing {
  missing: MissingReason;
}

export type MetricValue = number | boolean | string;

export type Measured<Value extends MetricValue = number> = Value | Missing;

export function missing(reason: MissingReason): Missing {
  return { missing: reason };
}

export function isMissing(value: unknown): value is Missing {
  return typeof value === 'object' && value !== null && 'missing' in value;
}

/** Milliseconds between two instants in microseconds; the first missing one's reason otherwise. */
export function elapsedMs(fromUs: Micros | Missing, toUs: Micros | Missing): Measured {
  if (isMissing(fromUs)) return fromUs;
  if (isMissing(toUs)) return toUs;
  return (toUs - fromUs) / 1000;
}

/** A ratio, missing where the divisor is 0. */
export function ratio(dividend: number, divisor: number): Measured {
  return divisor === 0 ? missing('undefined_ratio') : dividend / divisor;
}
