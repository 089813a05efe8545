import type { TimelineMarker, TimelineSession } from '../../../src/timeline/timelineSession.ts';
import { tickLabel, ticksIn, tickStepMs } from '../../../src/timeline/timeTicks.ts';
import { placeLabels } from '../canvas/markerLabels.ts';
import { markerLook } from './drawMarkers.ts';
import type { Scene } from './scene.ts';

const ticksPx = 20;
const labelRowPx = 15;
/** Between the labels of ticks, CSS pixels. */
const tickSpacingPx = 90;

/**
 * Rows for the labels of markers. As many as there can be need, wherever the view is, so that
 * nothing moves; while a session is live, more markers may come.
 */
function markerRows(lanes: readonly Pick<TimelineSession, 'markers' | 'status'>[], width: number) {
  const most = width < 480 ? 5 : 4;
  if (lanes.some(({ status }) => status === 'live')) return most;
  return Math.min(most, Math.max(0, ...lanes.map(({ markers }) => markers.length)));
}

/** @param width CSS pixels */
export function axisHeight(
  lanes: readonly Pick<TimelineSession, 'markers' | 'status'>[],
  width: number,
): number {
  return ticksPx + markerRows(lanes, width) * labelRowPx + 2;
}

/** Round times that have room for their labels, milliseconds. */
export function axisTicks({ plot }: Pick<Scene, 'plot'>): { stepMs: number; ticks: number[] } {
  const stepMs = tickStepMs(plot.msPerPx * Math.min(tickSpacingPx, plot.width / 3));
  return { stepMs, ticks: ticksIn(plot.view, stepMs) };
}

/** Times, and below them what the marker lines mean. */
export function drawAxis(scene: Scene, markers: readonly TimelineMarker[], height: number): void {
  const { context, plot, palette } = scene;
  context.fillStyle = palette.background;
  context.fillRect(0, 0, plot.right, height);
  drawTicks(scene);
  drawMarkerLabels(scene, markers, height);
  context.fillStyle = palette.line;
  context.fillRect(0, height - 1 / plot.ratio, plot.right, 1 / plot.ratio);
}

function drawTicks(scene: Scene): void {
  const { context, plot, palette, text } = scene;
  const { stepMs, ticks } = axisTicks(scene);
  for (const tick of ticks) {
    const x = plot.x(tick);
    context.fillStyle = palette.line;
    context.fillRect(x, ticksPx - 6, 1 / plot.ratio, 6);
    const label = tickLabel(tick, stepMs);
    const width = text.width(label, 'small');
    if (x + 3 + width > plot.right) continue;
    context.fillStyle = palette.dim;
    text.draw(label, 'small', x + 3, ticksPx / 2);
  }
}

function drawMarkerLabels(
  { context, plot, palette, text, state }: Scene,
  markers: readonly TimelineMarker[],
  height: number,
): void {
  const shown = markers.filter(({ atMs }) => plot.shows(atMs));
  const texts = shown.map(({ label, figure }) => (figure ? `${label} · ${figure}` : label));
  const places = placeLabels(
    shown.map(({ atMs }, i) => ({ x: plot.x(atMs), width: text.width(texts[i]!, 'small') })),
    { left: plot.left, right: plot.right - 2, rows: markerRows(state.lanes, plot.right) },
  );
  for (const [i, { id, atMs }] of shown.entries()) {
    const { colour, width } = markerLook(palette, id);
    context.fillStyle = colour;
    const top = ticksPx + (places[i]?.row ?? 0) * labelRowPx;
    context.fillRect(plot.x(atMs), top, width, height - top);
  }
  for (const [i, place] of places.entries()) {
    if (!place) continue;
    const top = ticksPx + place.row * labelRowPx;
    const most = plot.right - place.x;
    context.fillStyle = palette.background;
    context.fillRect(place.x - 2, top, Math.min(most, text.width(texts[i]!, 'small') + 4), 15);
    context.fillStyle = palette.foreground;
    text.draw(texts[i]!, 'small', place.x, top + labelRowPx / 2, most);
  }
}
