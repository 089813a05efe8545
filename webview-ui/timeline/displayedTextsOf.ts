import { DisplayedTexts } from '../../src/timeline/displayedTexts.ts';
import type { TimelineDeltas } from '../../src/timeline/timelineSession.ts';

const built = new WeakMap<TimelineDeltas, DisplayedTexts>();

/** The texts of a session's deltas, put together once for all views. */
export function displayedTextsOf(deltas: TimelineDeltas): DisplayedTexts {
  const known = built.get(deltas);
  if (known) return known;
  const texts = new DisplayedTexts(deltas);
  built.set(deltas, texts);
  return texts;
}
