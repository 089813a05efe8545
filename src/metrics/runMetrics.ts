import { sentAudioMs } from './audioClock.ts';
import { isCadenceLimited, type FirstTextOfClip } from './cadenceLimit.ts';
import { loadMetrics, type LoadOptions } from './loadMetrics.ts';
import type { MeasuredSession } from './measuredSession.ts';
import { isMissing, missing, ratio, type Measured, type MissingReason } from './missingValue.ts';
import type { RunMetricId } from './registry/metricRegistry.ts';
import { isCompleted } from './sessionStatus.ts';
import type { RateEstimate } from './statistics/wilson.ts';
import { sumOf } from './sumOf.ts';

export interface RunOptions extends LoadOptions {
  /** p99 of the measuring process's event-loop delay in ms, where it was measured. */
  clientStallMs?: number | null;
}

export interface RunMetrics {
  run: Record<RunMetricId, number | boolean | null>;
  runMissing: Partial<Record<RunMetricId, MissingReason>>;
}

export interface SessionRates {
  errorRate: RateEstimate;
  partialRate: RateEstimate;
}

/** One value each for all sessions with one endpoint. */
export function runMetrics(
  sessions: readonly MeasuredSession[],
  rates: SessionRates,
  options: RunOptions,
): RunMetrics {
  const completed = sessions.filter(({ metrics }) => isCompleted(metrics.status));
  const measured: Record<RunMetricId, Measured<number | boolean>> = {
    error_rate: rates.errorRate.value ?? missing('no_sessions'),
    partial_rate: rates.partialRate.value ?? missing('no_sessions'),
    rtfx_corpus: corpusSpeed(completed),
    ...loadMetrics(sessions, options),
    itl_token_weighted: tokenWeightedItl(completed),
    cadence_limited: isCadenceLimited(completed.flatMap(firstTextOfClip)),
    client_stall_ms: options.clientStallMs ?? missing('not_measured'),
  };
  const result: RunMetrics = { run: {} as RunMetrics['run'], runMissing: {} };
  for (const [id, value] of Object.entries(measured) as [
    RunMetricId,
    Measured<number | boolean>,
  ][]) {
    if (isMissing(value)) result.runMissing[id] = value.missing;
    result.run[id] = isMissing(value) ? null : value;
  }
  return result;
}

/** Sum of audio over sum of processing, so that long clips count by their length. */
function corpusSpeed(completed: readonly MeasuredSession[]): Measured {
  const [first] = completed;
  if (!first) return missing('no_sessions');
  const measured = completed.filter(({ metrics }) => metrics.values.rtf !== null);
  if (measured.length === 0) return missing(first.metrics.missing.rtf ?? 'no_final');
  const audioMs = sumOf(measured, ({ trace }) => sentAudioMs(trace));
  return ratio(
    audioMs,
    sumOf(measured, ({ metrics }) => numberOf(metrics.values.audio_to_final)),
  );
}

/** Each session's inter-token latency counts K - 1 times. */
function tokenWeightedItl(completed: readonly MeasuredSession[]): Measured {
  const measured = completed.filter(({ metrics }) => metrics.values.itl !== null);
  if (measured.length === 0) return missing('too_few_deltas');
  const weight = ({ metrics }: MeasuredSession) => numberOf(metrics.values.output_tokens) - 1;
  const weighted = sumOf(measured, (one) => numberOf(one.metrics.values.itl) * weight(one));
  return ratio(weighted, sumOf(measured, weight));
}

function firstTextOfClip({ utterance, metrics }: MeasuredSession): FirstTextOfClip[] {
  const { ttft } = metrics.values;
  const starts = utterance.words?.map((word) => word.startMs) ?? [];
  if (typeof ttft !== 'number' || starts.length === 0) return [];
  const speechStartMs = starts.reduce((a, b) => Math.min(a, b));
  return [{ utteranceId: utterance.id, ttftMs: ttft, speechStartMs }];
}

/** For values known to be numbers because a metric that needs them exists. */
function numberOf(value: number | boolean | string | null): number {
  return typeof value === 'number' ? value : 0;
}
