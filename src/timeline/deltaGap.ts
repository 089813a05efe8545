import { elapsedOnAxisMs } from './axis.ts';
import type { TimelineSession } from './timelineSession.ts';

/**
 * Real milliseconds from the text before to a delta with text (`idl`). Null for the first, and for
 * deltas without text, between which no gaps are measured.
 */
export function deltaGapMs(session: TimelineSession, delta: number): number | null {
  const { atMs, hasText } = session.deltas;
  if (delta === 0 || hasText[delta] !== 1) return null;
  const before = hasText.lastIndexOf(1, delta - 1);
  return before < 0 ? null : elapsedOnAxisMs(session, atMs[before]!, atMs[delta]!);
}
