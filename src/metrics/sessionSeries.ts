import { interDeltaLatenciesMs } from './cadenceMetrics.ts';
import { missing, type Missing, type MissingReason } from './missingValue.ts';
import type { SeriesMetricId } from './registry/metricRegistry.ts';
import { sendLatenessesMs } from './sendMetrics.ts';
import type { SessionTimeline } from './sessionTimeline.ts';
import { matchedWords, wordLatencySeries, type MatchedWord } from './wordLatency.ts';

/** The observations of one session that a run pools, in milliseconds. */
export function sessionSeries(
  timeline: SessionTimeline,
  matched: MatchedWord[] | Missing = matchedWords(timeline),
): Record<SeriesMetricId, number[] | Missing> {
  return {
    ...wordLatencySeries(matched, timeline.clock),
    idl: someOrMissing(interDeltaLatenciesMs(timeline), 'too_few_deltas'),
    send_lateness: someOrMissing(sendLatenessesMs(timeline.trace), 'no_audio_sent'),
  };
}

function someOrMissing(values: number[], reason: MissingReason): number[] | Missing {
  return values.length === 0 ? missing(reason) : values;
}
