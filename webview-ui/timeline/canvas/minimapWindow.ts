import type { Stretch } from '../../../src/timeline/timelineSession.ts';
import { minSpanMs, panBy } from '../../../src/timeline/viewport.ts';

/** What of the minimap's window a press takes hold of. */
export type WindowPart = 'start' | 'end' | 'window';

/** How far from an edge a press still takes hold of it, CSS pixels. */
const gripPx = 6;

/** The part at a place; edges of a narrow window lie outside it. Null beside the window. */
export function windowPartAt(x: number, start: number, end: number): WindowPart | null {
  if (end - start > 3 * gripPx) {
    if (Math.abs(x - start) <= gripPx) return 'start';
    if (Math.abs(x - end) <= gripPx) return 'end';
  } else {
    if (x < start && x >= start - gripPx) return 'start';
    if (x > end && x <= end + gripPx) return 'end';
  }
  return x >= start && x <= end ? 'window' : null;
}

/** The view after a part of its window was dragged. */
export function draggedView(
  part: WindowPart,
  view: Stretch,
  byMs: number,
  range: Stretch,
): Stretch {
  if (part === 'window') {
    return panBy(view, byMs, range);
  }
  if (part === 'start') {
    const startMs = Math.max(range.startMs, Math.min(view.startMs + byMs, view.endMs - minSpanMs));
    return { startMs, endMs: view.endMs };
  }
  const endMs = Math.min(range.endMs, Math.max(view.endMs + byMs, view.startMs + minSpanMs));
  return { startMs: view.startMs, endMs };
}
