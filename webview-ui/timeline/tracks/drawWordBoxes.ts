import { lowerBound } from '../canvas/columnSearch.ts';
import type { StretchColumns } from '../canvas/laneColumns.ts';
import { drawDensity } from './drawDensity.ts';
import type { Scene } from './scene.ts';
import { drawShape, drawWave, outline } from './shapes.ts';

/** How a word compares with the reference, as told by shape and colour. */
export type WordMark = 'none' | 'substitute' | 'delete' | 'insert';

export interface WordLook {
  text: string;
  mark: WordMark;
  fill: string;
  edge: string;
  /** Broken where the time is not the server's own. */
  isDashed: boolean;
  /** How often its text was replaced: dots at its top, at most three. */
  revisions: number;
}

export interface WordRow {
  top: number;
  height: number;
  columns: StretchColumns;
  /** Of the word at a place of the list that the columns are about. */
  lookOf: (place: number) => WordLook;
}

/** Narrower words are merged, CSS pixels. */
const leastBoxPx = 3;

const flags = { none: 1, substitute: 2, delete: 4, insert: 8 };

/** Words where they were spoken. */
export function drawWordBoxes(scene: Scene, row: WordRow): void {
  const { plot, bins, palette } = scene;
  const { startMs, endMs, places, longestMs } = row.columns;
  const from = lowerBound(startMs, plot.view.startMs - longestMs);
  const to = lowerBound(startMs, plot.view.endMs);
  const leastMs = leastBoxPx * plot.msPerPx;
  bins.reset(plot.left, plot.width);
  let plain = palette.dim;
  for (let i = from; i < to; i += 1) {
    const look = row.lookOf(places[i]!);
    if (endMs[i]! - startMs[i]! < leastMs) {
      bins.add(plot.exactX(startMs[i]!), flags[look.mark]);
      plain = look.edge;
      continue;
    }
    const x = plot.x(startMs[i]!);
    const width = Math.max(1, plot.x(endMs[i]!) - x - 1 / plot.ratio);
    drawWord(scene, { x, y: row.top + 2, width, height: row.height - 4 }, look);
  }
  drawDensity(scene, { top: row.top + 2, height: row.height - 4 }, (found) => ({
    colour: markColour(scene, found, plain),
    isFull: found !== flags.none,
  }));
}

function markColour({ palette }: Scene, found: number, plain: string): string {
  if (found & flags.delete) return palette.bad;
  if (found & flags.substitute) return palette.warning;
  return found & flags.insert ? palette.lanes[0]!.colour : plain;
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

function drawWord(scene: Scene, box: Box, look: WordLook): void {
  const { context, palette, plot, text } = scene;
  const { x, y, width, height } = box;
  context.fillStyle = look.fill;
  context.fillRect(x, y, width, height);
  context.fillStyle = look.edge;
  if (look.isDashed) drawDashedTop(context, box);
  else context.fillRect(x, y, width, 2);
  context.fillRect(x, y, 1, height);
  if (palette.isHighContrast) outline(context, box);
  context.fillStyle = palette.foreground;
  // A word that began before the view is named where it comes into sight.
  const left = Math.max(x, plot.left) + 3;
  if (width > 8) text.draw(look.text, 'transcript', left, y + height / 2 + 1, x + width - left - 1);
  drawMark(scene, box, look.mark);
  for (let dot = 0; dot < Math.min(3, look.revisions) && 4 * dot + 5 < width; dot += 1) {
    const at = { x: x + width - 4 - dot * 5, y: y + 4, r: 1.75 };
    drawShape(context, 'circle', palette.foreground, at);
  }
}

function drawMark({ context, palette }: Scene, box: Box, mark: WordMark): void {
  const { x, y, width, height } = box;
  if (mark === 'substitute') {
    context.strokeStyle = palette.warning;
    drawWave(context, x + 1, y + height - 2.5, width - 2);
  } else if (mark === 'delete') {
    context.fillStyle = palette.bad;
    outline(context, box);
    context.fillRect(x, y + height / 2, width, 2);
  } else if (mark === 'insert') {
    const middle = x + Math.min(width / 2, 8);
    const colour = palette.lanes[0]!.colour;
    drawShape(context, 'triangle', colour, { x: middle, y: y + height - 2, r: 3 });
    context.fillRect(x, y + height - 1, width, 1);
  }
}

function drawDashedTop(context: CanvasRenderingContext2D, { x, y, width }: Box): void {
  for (let along = 0; along < width; along += 6) {
    context.fillRect(x + along, y, Math.min(3, width - along), 2);
  }
}
