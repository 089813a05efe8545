import type { TimelineSession } from '../../../src/timeline/timelineSession.ts';
import { lowerBound } from '../canvas/columnSearch.ts';
import { laneColumns } from '../canvas/laneColumns.ts';
import { rowOf, type Track } from '../canvas/layout.ts';
import { laneLook } from '../canvas/palette.ts';
import { greatestGap } from './scaleLabels.ts';
import type { Scene } from './scene.ts';
import { drawHatch } from './shapes.ts';

interface Row {
  top: number;
  height: number;
}

interface Bars extends Row {
  /** What its whole height stands for. */
  most: number;
  colour: string;
}

/** Narrower gaps are merged to the longest per pixel column, CSS pixels. */
const leastBarPx = 3;

/** Waits from text to text: as wide as they are long, and as high; stalls are hatched. */
export function drawGaps(scene: Scene, track: Track): void {
  const most = greatestGap(track.lanes.map((lane) => scene.state.lanes[lane]!));
  for (const lane of track.lanes) {
    const row = rowOf(track, lane);
    const session = scene.state.lanes[lane]!;
    drawStalls(scene, session, row, 'ground');
    const bars = { ...row, most, colour: laneLook(scene.palette, lane).soft };
    drawBars(scene, session, bars);
    drawStalls(scene, session, row, 'hatch');
  }
}

/** What lies below the bars of stalls, and what above them. */
function drawStalls(
  { context, plot, palette }: Scene,
  { stalls }: TimelineSession,
  row: Row,
  layer: 'ground' | 'hatch',
): void {
  for (const { startMs, endMs } of stalls) {
    if (endMs < plot.view.startMs || startMs > plot.view.endMs) continue;
    const x = Math.max(plot.left, plot.x(startMs));
    const width = Math.max(1, Math.min(plot.right, plot.x(endMs)) - x);
    if (layer === 'ground') {
      context.fillStyle = palette.badFill;
      context.fillRect(x, row.top, width, row.height);
      continue;
    }
    context.strokeStyle = palette.bad;
    if (width > 4) drawHatch(context, { x, y: row.top, width, height: row.height });
    context.fillStyle = palette.bad;
    context.fillRect(x, row.top, width, 2);
  }
}

function drawBars(scene: Scene, session: TimelineSession, row: Bars): void {
  const { context, plot } = scene;
  const { atMs, values } = laneColumns(session).gaps;
  const from = lowerBound(atMs, plot.view.startMs);
  const to = Math.min(atMs.length, lowerBound(atMs, plot.view.endMs) + 1);
  const bottom = row.top + row.height - 1;
  const scale = (row.height - 4) / Math.max(1, row.most);
  const leastMs = leastBarPx * plot.msPerPx;
  context.fillStyle = row.colour;
  let column = -1;
  let longest = 0;
  const finishColumn = () => {
    if (longest > 0) context.fillRect(column, bottom - longest * scale, 1, longest * scale);
    longest = 0;
  };
  for (let i = from; i < to; i += 1) {
    const gapMs = values[i]!;
    if (gapMs >= leastMs) {
      const x = plot.x(atMs[i]! - gapMs);
      const height = Math.max(1, gapMs * scale);
      const width = plot.x(atMs[i]!) - x - 1 / plot.ratio;
      context.fillRect(x, bottom - height, width, height);
      continue;
    }
    const x = Math.floor(plot.exactX(atMs[i]!));
    if (x !== column) {
      finishColumn();
      column = x;
    }
    longest = Math.max(longest, gapMs);
  }
  finishColumn();
}
