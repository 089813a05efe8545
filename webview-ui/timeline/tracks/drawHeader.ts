import type { TimelineSession } from '../../../src/timeline/timelineSession.ts';
import type { Track } from '../canvas/layout.ts';
import { laneLook, type LaneLook, type Palette } from '../canvas/palette.ts';
import type { Scene } from './scene.ts';
import { drawShape, type ShapeName } from './shapes.ts';
import type { FontName } from './textPen.ts';

type Ink = 'good' | 'bad' | 'warning' | 'wave' | 'dim';

const statusSigns: Readonly<
  Record<TimelineSession['status'], { shape: ShapeName; ink: Ink; word: string }>
> = {
  live: { shape: 'halfCircle', ink: 'wave', word: 'Live' },
  success: { shape: 'check', ink: 'good', word: 'Success' },
  empty: { shape: 'ring', ink: 'warning', word: 'Empty' },
  partial: { shape: 'triangle', ink: 'warning', word: 'Partial' },
  failed: { shape: 'cross', ink: 'bad', word: 'Failed' },
  cancelled: { shape: 'square', ink: 'dim', word: 'Cancelled' },
};

const swatchPx = 18;

/** Names a lane across the whole width: line, state, endpoint, utterance and run. */
export function drawHeader(scene: Scene, track: Track): void {
  const { context, plot, palette, state } = scene;
  const lane = track.lanes[0]!;
  const session = state.lanes[lane]!;
  context.fillStyle = palette.header;
  context.fillRect(0, track.top, plot.right, track.bodyHeight);
  context.fillStyle = palette.line;
  context.fillRect(0, track.top, plot.right, 1 / plot.ratio);
  if (state.lanes.length > 1 && state.selection.lane === session.key) {
    context.fillStyle = palette.focus;
    context.fillRect(0, track.top, 3, track.bodyHeight);
  }
  drawName(scene, lane, 8, track, plot.right - 12);
}

/** The lanes that share the tracks below, each with its colour and dashes. */
export function drawLegend(scene: Scene, track: Track): void {
  const { context, plot, palette } = scene;
  context.fillStyle = palette.header;
  context.fillRect(0, track.top, plot.right, track.bodyHeight);
  const room = (plot.right - 16) / track.lanes.length;
  for (const [place, lane] of track.lanes.entries()) {
    drawName(scene, lane, 8 + place * room, track, room - 12);
  }
}

function drawName(scene: Scene, lane: number, x: number, track: Track, most: number): void {
  const { context, palette, text, state } = scene;
  const session = state.lanes[lane]!;
  const middle = track.top + track.bodyHeight / 2;
  const { shape, ink, word } = statusSigns[session.status];
  drawSwatch(context, laneLook(palette, lane), x, middle);
  drawShape(context, shape, palette[ink], { x: x + swatchPx + 8, y: middle, r: 4 });
  const right = x + most;
  let at = x + swatchPx + 18;
  for (const [part, font, colour] of nameParts(session, word, palette)) {
    context.fillStyle = colour;
    text.draw(part, font, at, middle + 0.5, right - at);
    at += text.width(part, font) + 10;
  }
}

function nameParts(session: TimelineSession, status: string, palette: Palette) {
  const { endpoint, utterance, repeat, run } = session;
  const parts: [string, FontName, string][] = [
    [endpoint, 'bold', palette.foreground],
    [status, 'ui', palette.foreground],
    [repeat > 0 ? `${utterance} (repeat ${repeat + 1})` : utterance, 'ui', palette.dim],
    [run, 'ui', palette.dim],
  ];
  return parts;
}

function drawSwatch(
  context: CanvasRenderingContext2D,
  { colour, dash }: LaneLook,
  x: number,
  middle: number,
): void {
  context.strokeStyle = colour;
  context.lineWidth = 3;
  context.setLineDash([...dash]);
  context.beginPath();
  context.moveTo(x, middle);
  context.lineTo(x + swatchPx, middle);
  context.stroke();
  context.setLineDash([]);
}
