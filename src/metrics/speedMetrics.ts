import { elapsedMs, isMissing, missing, ratio, type Measured } from './missingValue.ts';
import type { SessionTimeline } from './sessionTimeline.ts';

export interface SpeedMetrics {
  rtf: Measured;
  rtfx: Measured;
}

/** z - s_0 in milliseconds where it tells the server's speed: burst pacing, all audio sent. */
function processingMs(timeline: SessionTimeline): Measured {
  if (timeline.trace.audio.pacing.mode !== 'burst') return missing('realtime_pacing');
  if (isMissing(timeline.lastSendUs)) return timeline.lastSendUs;
  return elapsedMs(timeline.firstSendUs, timeline.doneUs);
}

/** Real-time factor and its inverse. Paced sessions last as long as their audio, so have none. */
export function speedMetrics(timeline: SessionTimeline): SpeedMetrics {
  const tookMs = processingMs(timeline);
  if (isMissing(tookMs)) return { rtf: tookMs, rtfx: tookMs };
  return { rtf: ratio(tookMs, timeline.sentMs), rtfx: ratio(timeline.sentMs, tookMs) };
}
