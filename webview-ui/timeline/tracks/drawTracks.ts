import { deltaRows } from '../canvas/deltaBox.ts';
import { isShared, rowOf } from '../canvas/layout.ts';
import type { Track, TrackKind, TrackLayout } from '../canvas/layout.ts';
import { axisTicks } from './drawAxis.ts';
import { drawChunks } from './drawChunks.ts';
import { drawConnectors } from './drawConnectors.ts';
import { drawDeltas } from './drawDeltas.ts';
import { drawEvents } from './drawEvents.ts';
import { drawGaps } from './drawGaps.ts';
import { drawHeader, drawLegend } from './drawHeader.ts';
import { drawLag } from './drawLag.ts';
import { drawMarkers } from './drawMarkers.ts';
import { drawReference } from './drawReference.ts';
import { drawWaveform } from './drawWaveform.ts';
import { drawWords, wordRow } from './drawWords.ts';
import { scaleLabels } from './scaleLabels.ts';
import type { DrawTrack, Scene } from './scene.ts';

const drawings: Readonly<Record<TrackKind, DrawTrack>> = {
  waveform: drawWaveform,
  reference: drawReference,
  header: drawHeader,
  legend: drawLegend,
  chunks: drawChunks,
  deltas: drawDeltas,
  words: drawWords,
  lag: drawLag,
  gaps: drawGaps,
  events: drawEvents,
};

/** Those that name lanes across the whole width. */
const wide: ReadonlySet<TrackKind> = new Set(['header', 'legend']);

/**
 * Draws the tracks that lie between two heights; the context is already scrolled.
 *
 * @param top of what is in sight, CSS pixels from the top of all tracks
 */
export function drawTracks(scene: Scene, layout: TrackLayout, top: number, height: number): void {
  const { context, plot, palette } = scene;
  const bottom = top + height;
  const visible = layout.tracks.filter(
    (track) => track.top < bottom && track.top + track.height > top,
  );
  context.fillStyle = palette.background;
  context.fillRect(0, top, plot.right, height);
  drawGrid(scene, top, height);
  context.save();
  context.beginPath();
  context.rect(plot.left, top, plot.width, height);
  context.clip();
  for (const track of visible) {
    context.fillStyle = palette.faintLine;
    context.fillRect(
      plot.left,
      plot.snap(track.top + track.height - 2),
      plot.width,
      1 / plot.ratio,
    );
    if (!wide.has(track.kind)) drawings[track.kind](scene, track);
  }
  if (scene.state.showsConnectors) drawAllConnectors(scene, layout);
  drawAllMarkers(scene, layout, { top, bottom });
  context.restore();
  for (const track of visible) {
    if (wide.has(track.kind)) drawings[track.kind](scene, track);
    else drawLabel(scene, track, layout.gutter);
  }
}

function drawGrid(scene: Scene, top: number, height: number): void {
  const { context, plot, palette } = scene;
  context.fillStyle = palette.faintLine;
  for (const tick of axisTicks(scene).ticks) {
    context.fillRect(plot.x(tick), top, 1 / plot.ratio, height);
  }
}

function drawAllConnectors(scene: Scene, layout: TrackLayout): void {
  for (const words of layout.tracks.filter(({ kind }) => kind === 'words')) {
    const deltas = layout.tracks.find(
      ({ kind, lanes }) => kind === 'deltas' && lanes[0] === words.lanes[0],
    );
    if (!deltas) continue;
    for (const lane of words.lanes) {
      const { boxes } = deltaRows(deltas, lane);
      drawConnectors(scene, lane, wordRow(words, lane).top, boxes.top + boxes.height);
    }
  }
}

/** Of the lane in focus across all tracks, of others across their own. */
function drawAllMarkers(
  scene: Scene,
  layout: TrackLayout,
  { top, bottom }: { top: number; bottom: number },
): void {
  const { state } = scene;
  for (const [lane, session] of state.lanes.entries()) {
    if (lane === activeLane(scene)) {
      drawMarkers(scene, session.markers, top, bottom);
      continue;
    }
    const own = layout.tracks.filter(({ lanes }) => lanes.length === 1 && lanes[0] === lane);
    const [first, last] = [own[0], own.at(-1)];
    if (first && last) drawMarkers(scene, session.markers, first.top, last.top + last.height);
    else drawMarkersInRows(scene, layout, lane);
  }
}

/** Where lanes share tracks: of a lane in its own rows of them. */
function drawMarkersInRows(scene: Scene, layout: TrackLayout, lane: number): void {
  const { markers } = scene.state.lanes[lane]!;
  for (const track of layout.tracks) {
    if (track.lanes.length < 2 || !track.lanes.includes(lane) || isShared(track)) continue;
    const { top, height } = rowOf(track, lane);
    drawMarkers(scene, markers, top, top + height);
  }
}

/** Place of the lane in focus; the first where none is. */
export function activeLane({ state }: Pick<Scene, 'state'>): number {
  return Math.max(
    0,
    state.lanes.findIndex(({ key }) => key === state.selection.lane),
  );
}

function drawLabel(scene: Scene, track: Track, gutter: number): void {
  const { context, palette, text } = scene;
  const hasKeys = scene.state.focus.track === track.kind && track.lanes.includes(activeLane(scene));
  if (hasKeys) {
    context.fillStyle = palette.focus;
    context.fillRect(0, track.top + 2, 3, track.height - 6);
  }
  context.fillStyle = hasKeys ? palette.foreground : palette.dim;
  const scale = scaleLabels(track, scene.state.lanes);
  const [greatest] = scale;
  if (gutter === 0) {
    const least = scale.length > 1 ? scale.at(-1)!.text : '0';
    const label = greatest ? `${track.label} (${least} to ${greatest.text})` : track.label;
    text.draw(label, 'small', 4, track.top + 8);
    return;
  }
  text.draw(
    track.label,
    'small',
    8,
    greatest?.y ?? track.bodyTop + track.bodyHeight / 2,
    gutter - 12,
  );
  for (const { text: value, y } of scale) {
    text.draw(value, 'small', gutter - text.width(value, 'small') - 4, y);
  }
}
