import type { FigureFormat } from '../../../src/report/formatFigure.ts';
import { formatFigure } from '../../../src/report/formatFigure.ts';
import type { Surface } from '../../timeline/canvas/surface.ts';
import type { Palette } from '../../timeline/canvas/palette.ts';
import type { ScatterPoint } from './scatterPoints.ts';
import type { ScatterScale } from './scatterScale.ts';
import type { ChangeKind } from './utteranceRanks.ts';

export interface ScatterPicture {
  points: readonly ScatterPoint[];
  scale: ScatterScale;
  /** Changes of at most this size do not matter, in the metric's own unit. */
  noise: number;
  format: FigureFormat;
  /** False: nothing says that the change is real, so nothing is coloured better or worse. */
  isJudged: boolean;
}

/** The square of the plot within the surface, CSS pixels. */
export interface PlotBox {
  left: number;
  top: number;
  width: number;
  height: number;
}

const axisPx = { left: 58, bottom: 22, top: 6, right: 10 };
/** Steps of the band's edges, which are curves where the scale is logarithmic. */
const bandSteps = 64;

export function plotBox({ width, height }: Pick<Surface, 'width' | 'height'>): PlotBox {
  return {
    left: axisPx.left,
    top: axisPx.top,
    width: Math.max(1, width - axisPx.left - axisPx.right),
    height: Math.max(1, height - axisPx.top - axisPx.bottom),
  };
}

/** Places of values in the plot: A to the right, B up. */
export function placed({ left, top, width, height }: PlotBox, { place }: ScatterScale) {
  return {
    x: (a: number) => left + place(a) * width,
    y: (b: number) => top + (1 - place(b)) * height,
  };
}

export function drawScatter(surface: Surface, palette: Palette, picture: ScatterPicture): void {
  const { context, width, height } = surface;
  const box = plotBox(surface);
  context.fillStyle = palette.background;
  context.fillRect(0, 0, width, height);
  context.save();
  context.beginPath();
  context.rect(box.left, box.top, box.width, box.height);
  context.clip();
  drawBand(context, palette, picture, box);
  drawPoints(context, palette, picture, box);
  context.restore();
  drawAxes(context, palette, picture, box);
}

function drawBand(
  context: CanvasRenderingContext2D,
  palette: Palette,
  { scale, noise }: ScatterPicture,
  box: PlotBox,
): void {
  const { x, y } = placed(box, scale);
  const steps = Array.from({ length: bandSteps + 1 }, (_, at) => scale.valueAt(at / bandSteps));
  const floor = scale.isLog ? scale.least / 1e3 : -Infinity;
  context.beginPath();
  for (const value of steps) context.lineTo(x(value), y(value + noise));
  for (const value of steps.toReversed()) {
    context.lineTo(x(value), y(Math.max(value - noise, floor)));
  }
  context.fillStyle = palette.isHighContrast ? palette.background : palette.word;
  context.fill();
  context.strokeStyle = palette.faintLine;
  context.lineWidth = 1;
  context.stroke();
  context.strokeStyle = palette.dim;
  context.setLineDash([4, 3]);
  context.beginPath();
  context.moveTo(x(scale.least), y(scale.least));
  context.lineTo(x(scale.most), y(scale.most));
  context.stroke();
  context.setLineDash([]);
}

/** What matters comes last, so that it lies on top. */
const drawOrder: readonly ChangeKind[] = ['within', 'other', 'better', 'worse'];

function drawPoints(
  context: CanvasRenderingContext2D,
  palette: Palette,
  { points, scale, isJudged }: ScatterPicture,
  box: PlotBox,
): void {
  const { x, y } = placed(box, scale);
  const size = points.length > 2000 ? 1.6 : 2.6;
  const colours: Record<ChangeKind, string> = {
    within: palette.dim,
    other: palette.wave,
    better: isJudged ? palette.good : palette.foreground,
    worse: isJudged ? palette.bad : palette.foreground,
  };
  for (const kind of drawOrder) {
    const shape = new Path2D();
    for (const point of points) {
      if (point.kind === kind) addShape(shape, kind, x(point.a), y(point.b), size);
    }
    context.fillStyle = colours[kind];
    context.fill(shape);
  }
}

/** Worse is a triangle up, better one down, and the rest are squares: colour is only added. */
function addShape(path: Path2D, kind: ChangeKind, x: number, y: number, size: number): void {
  if (kind === 'within' || kind === 'other') {
    path.rect(x - size * 0.7, y - size * 0.7, size * 1.4, size * 1.4);
    return;
  }
  const tip = kind === 'worse' ? -size * 1.3 : size * 1.3;
  path.moveTo(x, y + tip);
  path.lineTo(x + size * 1.2, y - tip * 0.7);
  path.lineTo(x - size * 1.2, y - tip * 0.7);
  path.closePath();
}

function drawAxes(
  context: CanvasRenderingContext2D,
  palette: Palette,
  { scale, format }: ScatterPicture,
  box: PlotBox,
): void {
  const { x, y } = placed(box, scale);
  const bottom = box.top + box.height;
  context.font = palette.fonts.small;
  context.fillStyle = palette.dim;
  context.strokeStyle = palette.line;
  context.lineWidth = 1;
  context.strokeRect(box.left - 0.5, box.top - 0.5, box.width + 1, box.height + 1);
  let freeFrom = 0;
  for (const tick of scale.ticks) {
    const label = formatFigure(tick, format);
    const width = context.measureText(label).width;
    context.textAlign = 'right';
    context.textBaseline = 'middle';
    context.fillText(label, box.left - 5, Math.max(y(tick), box.top + 5), box.left - 7);
    context.fillRect(x(tick), bottom, 1, 4);
    context.fillRect(box.left - 4, y(tick), 4, 1);
    const left = Math.min(Math.max(box.left, x(tick) - width / 2), box.left + box.width - width);
    if (left < freeFrom) continue;
    freeFrom = left + width + 10;
    context.textAlign = 'left';
    context.textBaseline = 'top';
    context.fillText(label, left, bottom + 6);
  }
  context.textAlign = 'left';
}
