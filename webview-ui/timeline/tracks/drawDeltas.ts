import type { TimelineSession } from '../../../src/timeline/timelineSession.ts';
import { lowerBound } from '../canvas/columnSearch.ts';
import { deltaRows } from '../canvas/deltaBox.ts';
import {
  appendKind,
  finalKind,
  laneColumns,
  lateKind,
  replaceKind,
  type LaneColumns,
} from '../canvas/laneColumns.ts';
import type { Track } from '../canvas/layout.ts';
import { laneLook, type LaneLook } from '../canvas/palette.ts';
import { drawDensity } from './drawDensity.ts';
import type { Scene } from './scene.ts';
import { drawHatch, drawShape, outline } from './shapes.ts';

/** Boxes with less room are merged, CSS pixels. */
const leastBoxPx = 3;
/** Between the edge of a box and its text. */
const paddingPx = 4;

const flagOf = { append: 1, replace: 2, final: 4, late: 8 };

interface Lane {
  session: TimelineSession;
  columns: LaneColumns['deltas'];
  look: LaneLook;
  /** Where boxes lie. */
  top: number;
  height: number;
}

/** Messages with text where they arrived: boxes up to the next one or as wide as their text. */
export function drawDeltas(scene: Scene, track: Track): void {
  for (const place of track.lanes) {
    const lane = laneOf(scene, track, place);
    const range = visible(scene, lane);
    drawBlanks(scene, lane, range, deltaRows(track, place).blanks);
    drawTexts(scene, lane, range);
  }
}

/** Where a delta is drawn, for a ring around it; blank ones as wide as a tick. */
export function deltaBox(scene: Scene, track: Track, place: number, delta: number): Box {
  const lane = laneOf(scene, track, place);
  const x = scene.plot.x(lane.session.deltas.atMs[delta]!);
  const width = lane.columns.isBlank[delta] ? 1 : boxWidth(scene, lane, delta);
  return { x, y: lane.top, width, height: lane.height };
}

function laneOf({ state, palette }: Scene, track: Track, place: number): Lane {
  const session = state.lanes[place]!;
  const columns = laneColumns(session).deltas;
  return { session, columns, look: laneLook(palette, place), ...deltaRows(track, place).boxes };
}

/** Places of the deltas in sight, and of the text before them, which may reach into the view. */
function visible({ plot }: Scene, { session, columns }: Lane): { from: number; to: number } {
  const { atMs } = session.deltas;
  let from = lowerBound(atMs, plot.view.startMs) - 1;
  while (from > 0 && columns.isBlank[from]) from -= 1;
  return { from: Math.max(0, from), to: lowerBound(atMs, plot.view.endMs) };
}

function drawTexts(scene: Scene, lane: Lane, { from, to }: { from: number; to: number }): void {
  const { plot, palette, bins } = scene;
  const { atMs, kinds } = lane.session.deltas;
  const { isBlank, nextMs } = lane.columns;
  const leastMs = leastBoxPx * plot.msPerPx;
  bins.reset(plot.left, plot.width);
  for (let i = from; i < to; i += 1) {
    if (isBlank[i]) continue;
    if (nextMs[i]! - atMs[i]! < leastMs) bins.add(plot.exactX(atMs[i]!), kindFlag(kinds[i]!));
    else drawBox(scene, lane, i);
  }
  drawDensity(scene, lane, (flags) => ({
    colour: densityColour(flags, lane.look, palette),
    isFull: (flags & flagOf.final) !== 0,
  }));
}

function kindFlag(kind: number): number {
  if (kind === appendKind) return flagOf.append;
  if (kind === replaceKind) return flagOf.replace;
  return kind === finalKind ? flagOf.final : flagOf.late;
}

function densityColour(flags: number, look: LaneLook, palette: Scene['palette']): string {
  if (flags & flagOf.final) return palette.final;
  if (flags & flagOf.late) return palette.late;
  return flags & flagOf.replace ? palette.replace : look.soft;
}

function drawBox(scene: Scene, lane: Lane, delta: number): void {
  const { context, plot } = scene;
  const { deltas } = lane.session;
  const kind = deltas.kinds[delta]!;
  const x = plot.x(deltas.atMs[delta]!);
  const box = { x, y: lane.top, width: boxWidth(scene, lane, delta), height: lane.height };
  const { fill, edge } = boxColours(scene, lane.look, kind);
  context.fillStyle = fill;
  context.fillRect(box.x, box.y, box.width, box.height);
  if (kind === lateKind) {
    context.strokeStyle = edge;
    drawHatch(context, box);
  }
  context.fillStyle = edge;
  if (kind !== finalKind) drawEdge(scene, box, kind);
  drawBoxText(scene, lane, delta, box);
}

/** Appended text has one bar; replaced text has brackets, late text a frame. */
function drawEdge({ context, palette }: Scene, box: Box, kind: number): void {
  const { x, y, width, height } = box;
  const bar = Math.min(2, width);
  context.fillRect(x, y, bar, height);
  if (kind === replaceKind) {
    const arm = Math.min(6, width);
    context.fillRect(x, y, arm, 2);
    context.fillRect(x, y + height - 2, arm, 2);
  }
  if (kind === lateKind || palette.isHighContrast) outline(context, box);
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

function boxColours({ palette }: Scene, look: LaneLook, kind: number) {
  if (kind === finalKind) return { fill: palette.final, edge: palette.final };
  if (kind === lateKind) return { fill: palette.lateFill, edge: palette.late };
  if (kind === replaceKind) return { fill: palette.replaceFill, edge: palette.replace };
  return { fill: look.fill, edge: look.colour };
}

/** Up to the next text at most; a hairline stays free between neighbours. */
function boxWidth(scene: Scene, lane: Lane, delta: number): number {
  const { plot } = scene;
  const next = lane.columns.nextMs[delta]!;
  const at = lane.session.deltas.atMs[delta]!;
  const room = next === Infinity ? Infinity : plot.x(next) - plot.x(at) - 1 / plot.ratio;
  return plot.snap(Math.max(1, Math.min(room, neededWidth(scene, lane, delta))));
}

function neededWidth({ text }: Scene, lane: Lane, delta: number): number {
  const added = boxText(lane.session.deltas.texts[delta]!);
  const removed = lane.columns.removed.get(delta);
  const addedFont = removed ? 'transcriptBold' : 'transcript';
  const width =
    text.width(added, addedFont) + (removed ? text.width(removed, 'transcript') + 3 : 0);
  return Math.max(12, width + 2 * paddingPx);
}

function drawBoxText(scene: Scene, lane: Lane, delta: number, box: Box): void {
  const { context, palette, text } = scene;
  const { kinds, texts } = lane.session.deltas;
  const isFinal = kinds[delta] === finalKind;
  const ink = isFinal ? palette.onFinal : palette.foreground;
  const middle = box.y + box.height / 2 + 0.5;
  const right = box.x + box.width - 1;
  const removed = lane.columns.removed.get(delta) ?? '';
  const added = boxText(texts[delta]!);
  // A box that began before the view shows its text where it comes into sight.
  let x = Math.max(box.x, scene.plot.left) + paddingPx;
  if (removed && right - x > 4) {
    const width = Math.min(text.width(removed, 'transcript'), right - x);
    context.fillStyle = isFinal ? ink : palette.removed;
    text.draw(removed, 'transcript', x, middle, width);
    context.fillRect(x, middle - 0.5, width, 1);
    x += width + 3;
  }
  context.fillStyle = ink;
  if (added) text.draw(added, removed ? 'transcriptBold' : 'transcript', x, middle, right - x);
  else if (isFinal && box.width >= 11) {
    drawShape(context, 'check', ink, { x: box.x + 6, y: middle, r: 3 });
  }
}

/** Tokens often begin with the space between words; it would only push them out of their boxes. */
function boxText(text: string): string {
  return text.trimStart() || text;
}

function drawBlanks(
  scene: Scene,
  { session, columns, look }: Lane,
  { from, to }: { from: number; to: number },
  row: { top: number; height: number },
): void {
  const { plot, bins } = scene;
  const { atMs } = session.deltas;
  bins.reset(plot.left, plot.width);
  for (let i = from; i < to; i += 1) {
    if (columns.isBlank[i]) bins.add(plot.exactX(atMs[i]!), 1);
  }
  drawDensity(scene, row, () => ({ colour: look.colour, isFull: true }));
}
