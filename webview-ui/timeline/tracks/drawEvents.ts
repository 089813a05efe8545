import type { TimelineEvent } from '../../../src/timeline/timelineSession.ts';
import { lowerBound } from '../canvas/columnSearch.ts';
import { laneColumns } from '../canvas/laneColumns.ts';
import { rowOf, type Track } from '../canvas/layout.ts';
import type { Palette } from '../canvas/palette.ts';
import type { Scene } from './scene.ts';
import { drawShape, type ShapeName } from './shapes.ts';

/** Signs closer than this hide behind the one before, CSS pixels. */
const leastSpacingPx = 9;

type Ink = 'dim' | 'foreground' | 'bad' | 'good' | 'warning' | 'wave';

const signs: Readonly<Record<TimelineEvent['kind'], { shape: ShapeName; ink: Ink }>> = {
  connect: { shape: 'ring', ink: 'dim' },
  open: { shape: 'halfCircle', ink: 'dim' },
  ready: { shape: 'circle', ink: 'dim' },
  commit: { shape: 'diamond', ink: 'warning' },
  speechStarted: { shape: 'playRight', ink: 'wave' },
  speechStopped: { shape: 'playLeft', ink: 'wave' },
  error: { shape: 'crossedRing', ink: 'bad' },
  failure: { shape: 'cross', ink: 'bad' },
  done: { shape: 'check', ink: 'good' },
  close: { shape: 'square', ink: 'dim' },
  other: { shape: 'dash', ink: 'dim' },
};

/** What happened besides text, as flags whose shapes tell the kinds. Errors lie on top. */
export function drawEvents(scene: Scene, track: Track): void {
  for (const lane of track.lanes) {
    const { plot, state } = scene;
    const session = state.lanes[lane]!;
    const { eventMs } = laneColumns(session);
    const from = lowerBound(eventMs, plot.view.startMs - plot.msPerPx * 8);
    const to = lowerBound(eventMs, plot.view.endMs + plot.msPerPx * 8);
    const row = rowOf(track, lane);
    const events = session.events.slice(from, to);
    drawFlags(
      scene,
      row,
      events.filter((event) => !isProblem(event)),
    );
    drawFlags(scene, row, events.filter(isProblem));
  }
}

export function isProblem({ kind }: TimelineEvent): boolean {
  return kind === 'error' || kind === 'failure';
}

function drawFlags(
  scene: Scene,
  row: { top: number; height: number },
  events: readonly TimelineEvent[],
): void {
  const { context, plot, palette, text } = scene;
  const middle = row.top + row.height / 2;
  let last = -Infinity;
  for (const [i, { atMs, kind, label }] of events.entries()) {
    const x = plot.x(atMs);
    if (x - last < leastSpacingPx) continue;
    last = x;
    const { shape, ink } = signs[kind];
    const colour = inkOf(palette, ink);
    context.fillStyle = colour;
    context.fillRect(x, row.top, 1 / plot.ratio, row.height);
    drawShape(context, shape, colour, { x: x + 6, y: middle, r: 4 });
    const next = events[i + 1];
    const room = (next ? plot.exactX(next.atMs) : plot.right) - x - 18;
    if (room < 24) continue;
    context.fillStyle = palette.dim;
    text.draw(label, 'small', x + 14, middle + 0.5, room);
  }
}

function inkOf(palette: Palette, ink: Ink): string {
  return palette[ink];
}
