import { groupBy } from './groupBy.ts';
import { missing, type Measured } from './missingValue.ts';
import { meanOf, sampleStandardDeviation } from './statistics/distribution.ts';

/** One session's time to first text and where the speech of its clip begins. */
export interface FirstTextOfClip {
  utteranceId: string;
  ttftMs: number;
  speechStartMs: number;
}

const leastClips = 10;
const leastSpreadMs = 300;
const mostVariation = 0.03;

/**
 * Whether text comes on a fixed timer: over at least 10 clips whose speech starts spread by at
 * least 300 ms, the time to first text varies by less than 3 %. Repeats of a clip are averaged.
 */
export function isCadenceLimited(sessions: readonly FirstTextOfClip[]): Measured<boolean> {
  const clips = groupBy(sessions, (session) => session.utteranceId);
  const starts = [...clips.values()].map(([first]) => first!.speechStartMs);
  const spreadMs =
    starts.reduce((a, b) => Math.max(a, b), -Infinity) -
    starts.reduce((a, b) => Math.min(a, b), Infinity);
  if (clips.size < leastClips || spreadMs < leastSpreadMs) return missing('not_enough_clips');
  const ttfts = [...clips.values()].map((repeats) => meanOf(repeats.map((one) => one.ttftMs)) ?? 0);
  const mean = meanOf(ttfts) ?? 0;
  const deviation = sampleStandardDeviation(ttfts) ?? 0;
  return mean > 0 ? deviation / mean < mostVariation : missing('undefined_ratio');
}
