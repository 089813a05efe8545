import { elapsedOnAxisMs } from './axis.ts';
import { countWhile } from './sortedNumbers.ts';
import type { TimelineSession } from './timelineSession.ts';

/**
 * How far behind the audio a delta is: from the end of the last word in the audio that it completed
 * to its arrival, in real milliseconds. Null where it completed no word whose time is known.
 */
export function deltaLagMs(session: TimelineSession, delta: number): number | null {
  const { lags, deltas } = session;
  const atMs = deltas.atMs[delta];
  if (atMs === undefined) return null;
  let lastEndMs: number | null = null;
  const end = countWhile(lags, (lag) => lag.arrivalMs <= atMs);
  for (let at = end - 1; at >= 0 && lags[at]!.arrivalMs === atMs; at--) {
    lastEndMs = Math.max(lastEndMs ?? -Infinity, lags[at]!.endMs);
  }
  return lastEndMs === null ? null : elapsedOnAxisMs(session, lastEndMs, atMs);
}
