import { lowerBound } from '../canvas/columnSearch.ts';
import { laneColumns, type ValueColumns } from '../canvas/laneColumns.ts';
import type { Track } from '../canvas/layout.ts';
import { laneLook, type LaneLook } from '../canvas/palette.ts';
import { drawNote } from './drawNote.ts';
import { lagAxis, type ValueAxis } from './lagAxis.ts';
import type { Scene } from './scene.ts';

/** Points are drawn where they have this much room on average, CSS pixels. */
const dotSpacingPx = 10;

/** How far behind the audio each word's text arrived, at its arrival. */
export function drawLag(scene: Scene, track: Track): void {
  const { state, palette } = scene;
  const columns = track.lanes.map((lane) => laneColumns(state.lanes[lane]!).lags);
  if (columns.every(({ values }) => values.length === 0)) {
    drawNote(scene, track, state.lanes[track.lanes[0]!]?.noLags ?? 'No word has a lag yet.');
    return;
  }
  const axis = lagAxis(track, columns);
  drawGrid(scene, axis);
  for (const [place, lane] of track.lanes.entries()) {
    drawLine(scene, axis, columns[place]!, laneLook(palette, lane), track.lanes.length === 1);
  }
}

function drawGrid({ context, plot, palette }: Scene, { least, most, y }: ValueAxis): void {
  context.fillStyle = palette.faintLine;
  for (const value of new Set([least, 0, most / 2, most])) {
    context.fillRect(plot.left, plot.snap(y(value)), plot.width, 1 / plot.ratio);
  }
}

function drawLine(
  scene: Scene,
  axis: ValueAxis,
  { atMs, values }: ValueColumns,
  look: LaneLook,
  isAlone: boolean,
): void {
  const { context, plot } = scene;
  const from = Math.max(0, lowerBound(atMs, plot.view.startMs) - 1);
  const to = Math.min(atMs.length, lowerBound(atMs, plot.view.endMs) + 1);
  const peaks = peaksPerPixel(scene, { from, to, atMs, values });
  const zero = plot.snap(axis.y(0));
  if (isAlone) {
    context.fillStyle = look.fill;
    for (const { x, value } of peaks) {
      const top = axis.y(value);
      context.fillRect(x, Math.min(top, zero), 1, Math.abs(zero - top));
    }
  }
  context.strokeStyle = look.colour;
  context.lineWidth = 1.25;
  context.setLineDash(isAlone ? [] : [...look.dash]);
  context.beginPath();
  for (const { x, value } of peaks) context.lineTo(x + 0.5, axis.y(value));
  context.stroke();
  context.setLineDash([]);
  if ((to - from) * dotSpacingPx > plot.width) return;
  context.fillStyle = look.colour;
  for (const { x, value } of peaks) context.fillRect(x - 1.5, axis.y(value) - 2, 4, 4);
}

/** The value farthest from 0 of each pixel column that has any. */
function peaksPerPixel(
  { plot }: Scene,
  {
    from,
    to,
    atMs,
    values,
  }: { from: number; to: number; atMs: Float64Array; values: Float64Array },
): { x: number; value: number }[] {
  const peaks: { x: number; value: number }[] = [];
  for (let i = from; i < to; i += 1) {
    const x = Math.floor(plot.exactX(atMs[i]!));
    const value = values[i]!;
    const last = peaks.at(-1);
    if (last?.x !== x) peaks.push({ x, value });
    else if (Math.abs(value) > Math.abs(last.value)) last.value = value;
  }
  return peaks;
}
