import type { Utterance } from '../dataset/utterance.ts';
import type { FailureClass } from '../trace/sessionFailure.ts';
import type { SessionTrace } from '../trace/sessionTrace.ts';
import { cadenceMetrics } from './cadenceMetrics.ts';
import { connectionMetrics } from './connectionMetrics.ts';
import { finalisationMetrics } from './finalisationMetrics.ts';
import { firstTextMetrics } from './firstTextMetrics.ts';
import { keepUpMetrics } from './keepUpMetrics.ts';
import { isMissing, missing, type Measured, type MetricValue } from './missingValue.ts';
import type { Missing, MissingReason } from './missingValue.ts';
import { partialStability, type PartialStability } from './partialStability.ts';
import type { SeriesMetricId, SessionMetricId } from './registry/metricRegistry.ts';
import { profileWordErrorRate } from './profileWordErrorRate.ts';
import { sendMetrics } from './sendMetrics.ts';
import { sessionSeries } from './sessionSeries.ts';
import { failureClassOf, sessionStatus, type SessionStatus } from './sessionStatus.ts';
import { sessionTimeline, type SessionTimeline } from './sessionTimeline.ts';
import { simultaneousMetrics } from './simultaneousMetrics.ts';
import { speedMetrics } from './speedMetrics.ts';
import type { TextProfile } from './text/textProfile.ts';
import { werOverTimeMetrics, type WordErrorRateAgainst } from './werOverTime.ts';
import { matchedWords, wordCoverage } from './wordLatency.ts';

export interface SessionMetricsOptions {
  /** How texts are made comparable in metrics that are word error rates; null where that is not known. */
  profile: TextProfile | null;
  /** A gap between texts longer than this is a stall. Default 1000 ms. */
  stallMs?: number;
  /** Tail latency up to which a system keeps up. Default 800 ms. */
  mostTailMs?: number;
}

/** All that one session says by itself. */
export interface SessionMetrics {
  status: SessionStatus;
  /** Null unless the session failed or was cancelled. */
  failureClass: FailureClass | null;
  /** The text to score: the finals', and the deltas' where no final has text. */
  hypothesis: string;
  /** What the deltas alone said. */
  streamedText: string;
  /** Milliseconds, seconds, ratios … as the registry says; null where `missing` says why. */
  values: Record<SessionMetricId, MetricValue | null>;
  missing: Partial<Record<SessionMetricId | SeriesMetricId, MissingReason>>;
  /** Observations that a run pools; empty where `missing` says why. */
  series: Record<SeriesMetricId, number[]>;
}

/**
 * Every metric of one session. A value that cannot be had is null with a reason, never 0; no
 * value is NaN or infinite. Sessions that failed have values too, of what they got to: whoever
 * summarises must go by `status`.
 */
export function sessionMetrics(
  trace: SessionTrace,
  utterance: Utterance,
  options: SessionMetricsOptions,
): SessionMetrics {
  const timeline = sessionTimeline(trace, utterance);
  const { replay } = timeline;
  const measured = measure(timeline, options);
  const result: SessionMetrics = {
    status: sessionStatus(trace.failure, !isMissing(timeline.firstTextUs)),
    failureClass: failureClassOf(trace.failure),
    hypothesis: replay.text,
    streamedText: replay.streamedText,
    values: {} as SessionMetrics['values'],
    missing: {},
    series: {} as SessionMetrics['series'],
  };
  for (const [id, value] of entriesOf(measured.values)) {
    const kept = isMissing(value) ? value : finiteOrMissing(value);
    if (isMissing(kept)) result.missing[id] = kept.missing;
    result.values[id] = isMissing(kept) ? null : kept;
  }
  for (const [id, values] of entriesOf(measured.series)) {
    if (isMissing(values)) result.missing[id] = values.missing;
    result.series[id] = isMissing(values) ? [] : values;
  }
  return result;
}

interface Measurements {
  values: Record<SessionMetricId, Measured<MetricValue>>;
  series: Record<SeriesMetricId, number[] | Missing>;
}

function measure(timeline: SessionTimeline, options: SessionMetricsOptions): Measurements {
  const { trace, utterance, rawSteps, lightSteps } = timeline;
  const matched = matchedWords(timeline);
  const series = sessionSeries(timeline, matched);
  const finalisation = finalisationMetrics(timeline);
  const { tail_latency: tailMs } = finalisation;
  const wordErrorRate = options.profile && profileWordErrorRate(options.profile);
  return {
    values: {
      ...connectionMetrics(trace),
      ...firstTextMetrics(timeline),
      ...cadenceMetrics(timeline, options.stallMs ?? 1000),
      wel_coverage: wordCoverage(utterance.words, matched),
      ...finalisation,
      ...werOverTimeMetrics(timeline, wordErrorRate),
      stream_final_wer: streamFinalWer(timeline, wordErrorRate),
      ...speedMetrics(timeline),
      ...keepUpMetrics(timeline, matched, series.wel, tailMs, options.mostTailMs ?? 800),
      ...partialStability(timeline, rawSteps),
      ...lightNames(partialStability(timeline, lightSteps)),
      ...simultaneousMetrics(timeline),
      ...sendMetrics(trace),
    },
    series,
  };
}

/** The error rate of what was streamed, with the final text as reference. */
function streamFinalWer(
  { replay, textDeltas }: SessionTimeline,
  against: WordErrorRateAgainst | null,
): Measured {
  if (against === null) return missing('unknown_text_profile');
  if (!replay.finals.some((final) => final.hasText)) return missing('no_final');
  if (textDeltas.length === 0) return missing('no_partial_text');
  return against(replay.text)?.(replay.streamedText) ?? missing('empty_reference');
}

type LightStability = {
  [Id in keyof PartialStability as `${Id}_light`]: PartialStability[Id];
};

function lightNames(stability: PartialStability): LightStability {
  return {
    normalized_erasure_light: stability.normalized_erasure,
    revision_events_light: stability.revision_events,
    revision_rate_light: stability.revision_rate,
    stable_prefix_ratio_light: stability.stable_prefix_ratio,
    edit_overhead_light: stability.edit_overhead,
  };
}

/** The last guard: whatever a trace holds, NaN and infinity are never written. */
function finiteOrMissing(value: MetricValue): MetricValue | Missing {
  return typeof value === 'number' && !Number.isFinite(value) ? missing('undefined_ratio') : value;
}

function entriesOf<Key extends string, Value>(record: Record<Key, Value>): [Key, Value][] {
  return Object.entries(record) as [Key, Value][];
}
