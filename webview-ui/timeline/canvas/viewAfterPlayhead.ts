import type { Stretch } from '../../../src/timeline/timelineSession.ts';
import { clampView, panBy, spanOf } from '../../../src/timeline/viewport.ts';

/** Where the playhead stays while the view moves under it, as a share of the view. */
const followShare = 0.75;

/**
 * The view that follows the playhead: it moves under it, or turns pages where motion is unwanted.
 * A view that the user moved away from the playhead stays.
 */
export function viewAfterPlayhead(
  view: Stretch,
  { fromMs, toMs }: { fromMs: number; toMs: number },
  range: Stretch,
  turnsPages: boolean,
): Stretch {
  const wasInSight = fromMs >= view.startMs && fromMs <= view.endMs;
  if (!wasInSight) return view;
  const span = spanOf(view);
  if (toMs < view.startMs || toMs > view.endMs) {
    return clampView({ startMs: toMs - span * 0.05, endMs: toMs + span * 0.95 }, range);
  }
  const limit = view.startMs + span * followShare;
  // Small steps only: a seek within the view must not drag it along.
  if (turnsPages || toMs <= limit || toMs < fromMs || fromMs < limit - span * 0.05) return view;
  return panBy(view, toMs - Math.max(fromMs, limit), range);
}
