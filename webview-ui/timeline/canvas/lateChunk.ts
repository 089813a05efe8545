import type { TimelineSession } from '../../../src/timeline/timelineSession.ts';

/** A chunk that leaves later than this share of itself makes pacing worse than `ok`. */
const lateShare = 0.1;

/** Whether a chunk left noticeably after its time. Never in burst pacing, which has no times. */
export function isLateChunk({ chunks, speed }: TimelineSession, chunk: number): boolean {
  if (speed === null) return false;
  const lateMs = chunks.sentMs[chunk]! - chunks.dueMs[chunk]!;
  return lateMs > (chunks.endMs[chunk]! - chunks.startMs[chunk]!) * lateShare;
}
