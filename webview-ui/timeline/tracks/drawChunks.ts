import { lowerBound } from '../canvas/columnSearch.ts';
import { rowOf, type Track } from '../canvas/layout.ts';
import { laneLook } from '../canvas/palette.ts';
import { isLateChunk } from '../canvas/lateChunk.ts';
import { drawDensity } from './drawDensity.ts';
import type { Scene } from './scene.ts';
import { drawShape } from './shapes.ts';

const plain = 1;
const late = 2;
/** Chunks closer than this are merged, CSS pixels. */
const leastSpacingPx = 3;

/** Chunks of audio when they left: short ticks; late ones are high with a triangle. */
export function drawChunks(scene: Scene, track: Track): void {
  for (const lane of track.lanes) drawLane(scene, track, lane);
}

function drawLane(scene: Scene, track: Track, lane: number): void {
  const { context, plot, palette, bins, state } = scene;
  const session = state.lanes[lane]!;
  const { sentMs } = session.chunks;
  const row = rowOf(track, lane);
  const { colour, soft } = laneLook(palette, lane);
  const from = lowerBound(sentMs, plot.view.startMs - plot.msPerPx * 4);
  const to = lowerBound(sentMs, plot.view.endMs + plot.msPerPx * 4);
  const isDense = (to - from) * leastSpacingPx > plot.width;
  const hairline = 1 / plot.ratio;
  bins.reset(plot.left, plot.width);
  context.fillStyle = colour;
  for (let i = from; i < to; i += 1) {
    const isLate = isLateChunk(session, i);
    if (isDense) {
      bins.add(plot.exactX(sentMs[i]!), isLate ? late : plain);
      continue;
    }
    const x = plot.x(sentMs[i]!);
    if (!isLate) context.fillRect(x, row.top + row.height - 7, hairline, 7);
    else drawLate(scene, x, row);
    if (isLate) context.fillStyle = colour;
  }
  drawDensity(scene, { top: row.top + 2, height: row.height - 2 }, (flags) =>
    flags & late ? { colour: palette.warning, isFull: true } : { colour: soft, isFull: false },
  );
}

function drawLate({ context, palette }: Scene, x: number, row: { top: number; height: number }) {
  drawShape(context, 'triangle', palette.warning, { x, y: row.top + 3.5, r: 3 });
  context.fillRect(x, row.top + 4, 1, row.height - 4);
}
