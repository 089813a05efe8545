import type { Stretch, TimelineSession } from '../../../src/timeline/timelineSession.ts';
import type { Hit } from './hitTest.ts';
import { laneColumns } from './laneColumns.ts';

/** The time that a thing takes: a word's, or a delta's until the next one. Null without any. */
export function stretchOfHit(session: TimelineSession, hit: NonNullable<Hit>): Stretch | null {
  const { place } = hit;
  switch (hit.kind) {
    case 'word': {
      const { startMs, endMs } = session.words[place]!;
      return startMs === null || endMs === null ? null : { startMs, endMs };
    }
    case 'reference': {
      const { startMs, endMs } = session.referenceWords![place]!;
      return { startMs, endMs };
    }
    case 'delta': {
      const next = laneColumns(session).deltas.nextMs[place]!;
      const endMs = next === Infinity ? session.range.endMs : next;
      return { startMs: session.deltas.atMs[place]!, endMs };
    }
    case 'chunk':
      return { startMs: session.chunks.startMs[place]!, endMs: session.chunks.endMs[place]! };
    case 'lag': {
      const { endMs, arrivalMs } = session.lags[place]!;
      return { startMs: Math.min(endMs, arrivalMs), endMs: Math.max(endMs, arrivalMs) };
    }
    case 'event':
      return null;
  }
}
