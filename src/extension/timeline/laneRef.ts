import * as z from 'zod/mini';
import { laneKey } from './timelineReaderMessages.ts';

/** A session of a run, by which a lane can be shown again. */
export interface LaneRef {
  /** The run file, as the text of a URI. */
  run: string;
  sessionId: string;
}

const restoreSchema = z.object({
  version: z.literal(1),
  lanes: z.array(z.object({ run: z.string(), sessionId: z.string() })),
});

/** What the page keeps in its saved state, as the extension wrote it. */
const savedStateSchema = z.object({ restore: z.string() });

export function keyOf({ run, sessionId }: LaneRef): string {
  return laneKey(run, sessionId);
}

/** The lanes as the page remembers them. {@link restoredLanes} is the inverse. */
export function restoreText(lanes: readonly LaneRef[]): string {
  const refs = lanes.map(({ run, sessionId }) => ({ run, sessionId }));
  return JSON.stringify({ version: 1, lanes: refs });
}

/** The lanes that a page showed, from its saved state; none where another version saved it. */
export function restoredLanes(savedState: unknown): LaneRef[] {
  const saved = savedStateSchema.safeParse(savedState);
  if (!saved.success) return [];
  try {
    const parsed = restoreSchema.safeParse(JSON.parse(saved.data.restore));
    return parsed.success ? parsed.data.lanes : [];
  } catch {
    return [];
  }
}
