import type { Stretch, TimelineSession } from './timelineSession.ts';

/** What a session has on the axis. */
type Placed = Pick<
  TimelineSession,
  'audioMs' | 'chunks' | 'deltas' | 'events' | 'markers' | 'referenceWords'
>;

/** From the first to the last thing that happened; covers the audio. */
export function axisRange(session: Placed): Stretch {
  const range = { startMs: 0, endMs: session.audioMs };
  const cover = (atMs: number) => {
    range.startMs = Math.min(range.startMs, atMs);
    range.endMs = Math.max(range.endMs, atMs);
  };
  session.chunks.sentMs.forEach(cover);
  session.deltas.atMs.forEach(cover);
  for (const { atMs } of session.events) cover(atMs);
  for (const { atMs } of session.markers) cover(atMs);
  for (const { endMs } of session.referenceWords ?? []) cover(endMs);
  return range;
}
