import type { Micros, SessionTrace } from '../trace/sessionTrace.ts';
import { isMissing } from '../metrics/missingValue.ts';
import { sendMetrics } from '../metrics/sendMetrics.ts';
import type { TimelineSession } from './timelineSession.ts';

/** The one axis of a session: milliseconds from the instant audio sample 0 was spoken. */
export interface TimelineAxis {
  /** Where on the axis something happened: how far the audio had got by then. */
  toMs(atUs: Micros): number;
  /** `×` real time; null where arrivals do not relate to the audio. */
  speed: number | null;
  /** What readers must know of the two clocks; null where nothing. */
  clockNote: string | null;
}

/** The axis of a trace: the inverse of W (docs/metrics.md) where there is one. */
export function timelineAxis(trace: SessionTrace): TimelineAxis {
  const { originUs, pacing } = trace.audio;
  if (pacing.mode === 'burst' || originUs === null) return unpacedAxis(trace);
  const { speed } = pacing;
  return {
    toMs: (atUs) => ((atUs - originUs) / 1000) * speed,
    speed,
    clockNote: pacedNote(trace, speed),
  };
}

/** Milliseconds that really passed between two places on a session's axis. */
export function elapsedOnAxisMs(
  { speed }: Pick<TimelineSession, 'speed'>,
  fromMs: number,
  toMs: number,
): number {
  return (toMs - fromMs) / (speed ?? 1);
}

function unpacedAxis({ audio, chunks, connection }: SessionTrace): TimelineAxis {
  const [first] = chunks;
  const zeroUs = first?.sentUs ?? connection.startUs;
  const clockNote =
    audio.pacing.mode === 'burst' && first
      ? 'The audio was sent in a burst. 0 is when its first chunk was sent: distances between arrivals and audio are not lags.'
      : 'No audio was sent. 0 is when the connection was opened.';
  return { toMs: (atUs) => (atUs - zeroUs) / 1000, speed: null, clockNote };
}

function pacedNote(trace: SessionTrace, speed: number): string | null {
  const notes: string[] = [];
  if (speed !== 1) {
    notes.push(`The audio was sent at ${speed}× real time: 1 s on the axis took ${1 / speed} s.`);
  }
  const { pacing_quality: quality } = sendMetrics(trace);
  if (!isMissing(quality) && quality === 'invalid') {
    notes.push('This computer sent the audio too late: lags say little about the server.');
  }
  return notes.length === 0 ? null : notes.join(' ');
}
