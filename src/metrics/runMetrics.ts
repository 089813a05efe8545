import type { Micros, SessionTrace } from '../trace/sessionTrace.ts';
import { sentAudioMs } from './audioClock.ts';
import { isCadenceLimited, type FirstTextOfClip } from './cadenceLimit.ts';
import { concurrency, type Interval } from './concurrency.ts';
import type { MeasuredSession } from './measuredSession.ts';
import { isMissing, missing, ratio, type Measured, type MissingReason } from './missingValue.ts';
import type { RunMetricId } from './registry/metricRegistry.ts';
import { isCompleted } from './sessionStatus.ts';
import type { RateEstimate } from './statistics/wilson.ts';

export interface RunWindow {
  /** What throughput and concurrency are about; by default the life of the sessions given. */
  window?: Interval;
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
  options: RunWindow,
): RunMetrics {
  const completed = sessions.filter(({ metrics }) => isCompleted(metrics.status));
  const lives = sessions.map(({ trace }) => sessionLife(trace));
  const window = options.window ?? spanOf(lives);
  const open = concurrency(lives, window);
  const measured: Record<RunMetricId, Measured<number | boolean>> = {
    error_rate: rates.errorRate.value ?? missing('no_sessions'),
    partial_rate: rates.partialRate.value ?? missing('no_sessions'),
    rtfx_corpus: corpusSpeed(completed),
    ...throughput(completed, window),
    concurrency_mean: open.mean ?? missing('undefined_ratio'),
    concurrency_max: open.max,
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

/** From opening the connection to the last sign of life. */
function sessionLife(trace: SessionTrace): Interval {
  const { startUs, openUs, readyUs, closeUs } = trace.connection;
  const ends: (Micros | null | undefined)[] = [
    closeUs,
    trace.failure?.atUs,
    trace.received.at(-1)?.atUs,
    trace.chunks.at(-1)?.sentUs,
    readyUs,
    openUs,
  ];
  const known = ends.filter((atUs) => typeof atUs === 'number');
  return { startUs, endUs: closeUs ?? known.reduce((a, b) => Math.max(a, b), startUs) };
}

function spanOf(lives: readonly Interval[]): Interval {
  const [first] = lives;
  if (!first) return { startUs: 0, endUs: 0 };
  return lives.reduce(
    (span, life) => ({
      startUs: Math.min(span.startUs, life.startUs),
      endUs: Math.max(span.endUs, life.endUs),
    }),
    first,
  );
}

type Throughput = Record<'audio_throughput' | 'sessions_per_s', Measured>;

function throughput(completed: readonly MeasuredSession[], window: Interval): Throughput {
  const inside = completed.filter(({ trace }) => {
    const { endUs } = sessionLife(trace);
    return endUs >= window.startUs && endUs <= window.endUs;
  });
  const windowMs = (window.endUs - window.startUs) / 1000;
  return {
    audio_throughput: ratio(
      sum(inside, ({ trace }) => sentAudioMs(trace)),
      windowMs,
    ),
    sessions_per_s: ratio(inside.length * 1000, windowMs),
  };
}

/** Sum of audio over sum of processing, so that long clips count by their length. */
function corpusSpeed(completed: readonly MeasuredSession[]): Measured {
  const [first] = completed;
  if (!first) return missing('no_sessions');
  const measured = completed.filter(({ metrics }) => metrics.values.rtf !== null);
  if (measured.length === 0) return missing(first.metrics.missing.rtf ?? 'no_final');
  const audioMs = sum(measured, ({ trace }) => sentAudioMs(trace));
  return ratio(
    audioMs,
    sum(measured, ({ metrics }) => numberOf(metrics.values.audio_to_final)),
  );
}

/** Each session's inter-token latency counts K - 1 times. */
function tokenWeightedItl(completed: readonly MeasuredSession[]): Measured {
  const measured = completed.filter(({ metrics }) => metrics.values.itl !== null);
  if (measured.length === 0) return missing('too_few_deltas');
  const weight = ({ metrics }: MeasuredSession) => numberOf(metrics.values.output_tokens) - 1;
  const weighted = sum(measured, (one) => numberOf(one.metrics.values.itl) * weight(one));
  return ratio(weighted, sum(measured, weight));
}

function firstTextOfClip({ utterance, metrics }: MeasuredSession): FirstTextOfClip[] {
  const { ttft } = metrics.values;
  const starts = utterance.words?.map((word) => word.startMs) ?? [];
  if (typeof ttft !== 'number' || starts.length === 0) return [];
  const speechStartMs = starts.reduce((a, b) => Math.min(a, b));
  return [{ utteranceId: utterance.id, ttftMs: ttft, speechStartMs }];
}

function sum<T>(items: readonly T[], valueOf: (item: T) => number): number {
  return items.reduce((total, item) => total + valueOf(item), 0);
}

/** For values known to be numbers because a metric that needs them exists. */
function numberOf(value: number | boolean | string | null): number {
  return typeof value === 'number' ? value : 0;
}
