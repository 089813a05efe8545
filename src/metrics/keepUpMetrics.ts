import { isMissing, missing, type Measured, type Missing } from './missingValue.ts';
import type { SessionTimeline } from './sessionTimeline.ts';
import { median } from './statistics/percentile.ts';
import { theilSenSlope } from './statistics/theilSen.ts';
import type { MatchedWord } from './wordLatency.ts';

export interface KeepUpMetrics {
  lag_slope: Measured;
  lag_end_minus_start: Measured;
  keeps_up: Measured<boolean>;
}

/** Shorter sessions give meaningless slopes. */
const leastAudioMs = 30_000;
const leastWords = 20;

/** More lag than this, in ms per second of audio, is falling behind. */
const mostLagSlope = 5;

/**
 * Whether the lag of the words grows while the audio goes on.
 *
 * @param wel word emission latencies of `matched`, milliseconds, in the same order
 * @param tailMs tail latency of the session
 * @param mostTailMs tail latency up to which a system counts as keeping up
 */
export function keepUpMetrics(
  { sentMs }: SessionTimeline,
  matched: readonly MatchedWord[] | Missing,
  wel: readonly number[] | Missing,
  tailMs: Measured,
  mostTailMs: number,
): KeepUpMetrics {
  if (isMissing(wel)) return withoutSlope(wel);
  if (isMissing(matched)) return withoutSlope(matched);
  if (sentMs < leastAudioMs || wel.length < leastWords) return withoutSlope(missing('too_short'));
  const points = matched.map(({ endMs }, index) => ({ x: seconds(endMs), y: wel[index]! }));
  const slope = theilSenSlope(points);
  if (slope === null) return withoutSlope(missing('undefined_ratio'));
  return {
    lag_slope: slope,
    lag_end_minus_start: endMinusStart(wel),
    keeps_up: isMissing(tailMs) ? tailMs : slope <= mostLagSlope && tailMs <= mostTailMs,
  };
}

/** To the microsecond: a smaller distance between two words would give an absurd slope. */
function seconds(ms: number): number {
  return Math.round(ms * 1000) / 1e6;
}

function withoutSlope(reason: Missing): KeepUpMetrics {
  return { lag_slope: reason, lag_end_minus_start: reason, keeps_up: reason };
}

/** Median of the last fifth of the words minus that of the first fifth. */
function endMinusStart(wel: readonly number[]): Measured {
  const fifth = Math.max(1, Math.floor(wel.length / 5));
  const first = median(wel.slice(0, fifth));
  const last = median(wel.slice(-fifth));
  return first === null || last === null ? missing('undefined_ratio') : last - first;
}
