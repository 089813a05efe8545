import type { Stretch } from './timelineSession.ts';

/**
 * The part of the axis in sight, and its way to the screen. Three spaces: milliseconds on the
 * axis, CSS pixels of the plot (0 at its left edge), device pixels (CSS pixels × ratio).
 */

/** The least that can be in sight, milliseconds. */
export const minSpanMs = 10;

/** Room beyond the first and the last thing, as a share of what lies between them. */
const margin = 0.01;

/** All that lanes hold, with a little room on both sides. Without lanes: the first second. */
export function fullRange(lanes: readonly { range: Stretch }[]): Stretch {
  if (lanes.length === 0) return { startMs: 0, endMs: 1000 };
  const startMs = Math.min(...lanes.map(({ range }) => range.startMs));
  const endMs = Math.max(...lanes.map(({ range }) => range.endMs));
  const roomMs = Math.max((endMs - startMs) * margin, minSpanMs / 2);
  return { startMs: startMs - roomMs, endMs: endMs + roomMs };
}

export function spanOf({ startMs, endMs }: Stretch): number {
  return endMs - startMs;
}

/** The same view, no shorter than {@link minSpanMs} and inside the range. */
export function clampView(view: Stretch, range: Stretch): Stretch {
  const most = Math.max(spanOf(range), minSpanMs);
  const span = Math.min(Math.max(spanOf(view), minSpanMs), most);
  if (span >= most) return { startMs: range.startMs, endMs: range.startMs + most };
  const startMs = Math.min(Math.max(view.startMs, range.startMs), range.endMs - span);
  return { startMs, endMs: Math.min(startMs + span, range.endMs) };
}

/**
 * Zooms so that the anchor stays where it is on the screen, unless the range ends there.
 *
 * @param factor above 1 shows less time, below 1 more
 */
export function zoomAbout(
  view: Stretch,
  factor: number,
  anchorMs: number,
  range: Stretch,
): Stretch {
  const before = spanOf(view);
  const most = Math.max(spanOf(range), minSpanMs);
  const span = Math.min(Math.max(before / factor, minSpanMs), most);
  const startMs = anchorMs - ((anchorMs - view.startMs) / before) * span;
  return clampView({ startMs, endMs: startMs + span }, range);
}

/** Moves the view along the axis, positive to later. */
export function panBy(view: Stretch, byMs: number, range: Stretch): Stretch {
  return clampView({ startMs: view.startMs + byMs, endMs: view.endMs + byMs }, range);
}

/** Shows a stretch with a twentieth of room on both sides. */
export function fitStretch({ startMs, endMs }: Stretch, range: Stretch): Stretch {
  const middleMs = (startMs + endMs) / 2;
  const half = Math.max((endMs - startMs) * 0.55, minSpanMs / 2);
  return clampView({ startMs: middleMs - half, endMs: middleMs + half }, range);
}

/** Moves the view as little as needed to have the time inside its middle nine tenths. */
export function showTime(view: Stretch, timeMs: number, range: Stretch): Stretch {
  const room = spanOf(view) * 0.05;
  if (timeMs < view.startMs + room) return panBy(view, timeMs - view.startMs - room, range);
  if (timeMs > view.endMs - room) return panBy(view, timeMs - view.endMs + room, range);
  return view;
}

/** Place of a time on a plot that shows the view at this width, CSS pixels. */
export function xOfMs(view: Stretch, widthPx: number, timeMs: number): number {
  return ((timeMs - view.startMs) / spanOf(view)) * widthPx;
}

/** Time at a place of the plot; the inverse of {@link xOfMs}. */
export function msOfX(view: Stretch, widthPx: number, x: number): number {
  return view.startMs + (x / widthPx) * spanOf(view);
}
