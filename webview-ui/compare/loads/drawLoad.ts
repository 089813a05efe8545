import type uPlot from 'uplot';
import type { LoadChart } from '../../../src/compareview/loadView.ts';
import { themeColour, themeFont } from '../../shared/theme.ts';
import { plotColours } from '../plots/plotStyle.ts';
import { traceShape, type ShapePlace } from '../plots/pointShapes.ts';
import { curveStyle, tailColour } from './curveStyle.ts';
import { statisticNames } from './loadTexts.ts';

/** A figure on the axes of its plot. */
export interface LoadMark {
  x: number;
  y: number;
  enough: boolean;
  isMissed: boolean;
}

export interface DrawnCurve {
  main: readonly LoadMark[];
  tail: readonly LoadMark[];
}

export const limitDash = [4, 4];

/** How high a limit's label is. */
const labelPx = 15;

/** Lines first: no point is hidden by one. */
export function drawCurves(plot: uPlot, curves: readonly DrawnCurve[]): void {
  const { ctx } = plot;
  ctx.save();
  for (const [at, { main, tail }] of curves.entries()) {
    drawLine(plot, tail, { at, isTail: true });
    drawLine(plot, main, { at, isTail: false });
  }
  for (const [at, { main, tail }] of curves.entries()) {
    const colour = curveStyle(at).colour;
    for (const mark of tail) drawMark(ctx, mark, placed(plot, mark, 3), tailColour(colour));
    for (const mark of main) drawMark(ctx, mark, placed(plot, mark, 4), colour);
  }
  ctx.restore();
}

/** A triangle misses a limit; what is hollow rests on too few sessions. */
export function drawMark(
  ctx: CanvasRenderingContext2D,
  { enough, isMissed }: Pick<LoadMark, 'enough' | 'isMissed'>,
  place: ShapePlace,
  colour: string,
): void {
  traceShape(ctx, isMissed ? 'triangle' : 'circle', place);
  ctx.strokeStyle = isMissed ? plotColours().regressed : colour;
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.setLineDash([]);
  // No line shows through.
  ctx.fillStyle = themeColour('editor-background', 'editor-background');
  ctx.fill();
  if (enough) {
    ctx.fillStyle = ctx.strokeStyle;
    ctx.fill();
  }
  ctx.stroke();
}

interface LineOf {
  /** Place of the curve. */
  at: number;
  isTail: boolean;
}

function drawLine(plot: uPlot, marks: readonly LoadMark[], { at, isTail }: LineOf): void {
  const { ctx } = plot;
  const { colour, dash } = curveStyle(at);
  ctx.strokeStyle = isTail ? tailColour(colour) : colour;
  ctx.lineWidth = (isTail ? 1.5 : 2) * devicePixelRatio;
  ctx.setLineDash(dash.map((length) => length * devicePixelRatio));
  ctx.beginPath();
  for (const mark of marks) {
    const { x, y } = placed(plot, mark, 0);
    ctx.lineTo(x, y);
  }
  ctx.stroke();
}

interface DrawnLimit {
  of: 'main' | 'tail';
  y: number;
  text: string;
}

/** A dashed line for each, and what it is; to the left, where a loaded server's curves are low. */
export function drawLimits(plot: uPlot, chart: LoadChart, limits: readonly DrawnLimit[]): void {
  const { ctx, bbox } = plot;
  const names = statisticNames(chart);
  const lineHeight = labelPx * devicePixelRatio;
  const labels: number[] = [];
  ctx.save();
  ctx.strokeStyle = ctx.fillStyle = plotColours().text;
  ctx.lineWidth = devicePixelRatio;
  ctx.font = themeFont(0.85 * devicePixelRatio);
  ctx.setLineDash(limitDash.map((length) => length * devicePixelRatio));
  ctx.textBaseline = 'bottom';
  for (const { of, y, text } of limits) {
    const height = Math.round(plot.valToPos(y, 'y', true));
    ctx.beginPath();
    ctx.moveTo(bbox.left, height);
    ctx.lineTo(bbox.left + bbox.width, height);
    ctx.stroke();
    const isTaken = labels.some((label) => Math.abs(label - height) < lineHeight);
    ctx.textAlign = isTaken ? 'right' : 'left';
    const x = isTaken ? bbox.left + bbox.width : bbox.left + 4 * devicePixelRatio;
    ctx.fillText(`${names[of]} ${text}`.trimStart(), x, height - 2 * devicePixelRatio);
    labels.push(height);
  }
  ctx.restore();
}

function placed(plot: uPlot, { x, y }: LoadMark, sizePx: number): ShapePlace {
  return {
    x: plot.valToPos(x, 'x', true),
    y: plot.valToPos(y, 'y', true),
    size: sizePx * devicePixelRatio,
  };
}
