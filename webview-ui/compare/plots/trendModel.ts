import type uPlot from 'uplot';
import type { CompareRun, CompareTrend } from '../../../src/compareview/compareView.ts';
import { formatFigure } from '../../../src/report/formatFigure.ts';
import {
  dashOfB,
  faint,
  horizontalAxis,
  plotColours,
  roomyRange,
  verticalAxis,
} from './plotStyle.ts';
import type { PlotColours } from './plotStyle.ts';
import { traceShape, type Shape } from './pointShapes.ts';
import type { PlotModel } from './readablePlot.ts';

type Point = CompareTrend['points'][number];

/** A metric from run to run, oldest first; what each point's verdict is shows in its shape. */
export function trendModel(trend: CompareTrend, runs: readonly CompareRun[]): PlotModel {
  const { points, format, label } = trend;
  const letterOf = ({ run }: Point) => runs[run]?.letter ?? '–';
  return {
    label: `${label} over ${points.length} runs, oldest first.`,
    data: [
      points.map((_, at) => at),
      points.map(({ value }) => (value === null ? null : value * format.scale)),
    ],
    readings: points.map((point, at) => {
      const date = new Date(point.startedAtMs).toLocaleDateString(undefined, {
        dateStyle: 'medium',
      });
      const verdict = point.verdict ?? (point.value === null ? 'no value' : 'baseline');
      return {
        x: at,
        text: `${letterOf(point)}, ${date}: ${formatFigure(point.value, format)}, ${verdict}`,
      };
    }),
    start: 0,
    options: () => trendOptions(trend, points.map(letterOf)),
  };
}

/** Which shape says what, for the legend. */
export const trendShapes: readonly { shape: Shape; text: string }[] = [
  { shape: 'square', text: 'baseline' },
  { shape: 'cross', text: 'regressed' },
  { shape: 'diamond', text: 'improved' },
  { shape: 'circle', text: 'neither' },
];

export function shapeOf({ verdict }: Pick<Point, 'verdict'>): Shape {
  if (verdict === null) return 'square';
  if (verdict === 'regressed') return 'cross';
  return verdict === 'improved' ? 'diamond' : 'circle';
}

export function shapeColour(shape: Shape, colours: PlotColours): string {
  if (shape === 'cross') return colours.regressed;
  return shape === 'diamond' ? colours.improved : colours.foreground;
}

function trendOptions(
  trend: CompareTrend,
  letters: readonly string[],
): ReturnType<PlotModel['options']> {
  const colours = plotColours();
  const values = trend.points.flatMap(({ value }) => (value === null ? [] : [value]));
  const { scale } = trend.format;
  const range = roomyRange(Math.min(...values) * scale, Math.max(...values) * scale, false);
  const room = (range[1] - range[0]) * 0.12;
  return {
    padding: [8, 16, 0, 0],
    scales: {
      x: { time: false, range: [-0.4, trend.points.length - 0.6] },
      y: { range: [range[0] - room, range[1] + room] },
    },
    axes: [
      {
        ...horizontalAxis(colours),
        splits: letters.map((_, at) => at),
        values: (_, splits) => splits.map((at) => letters[at] ?? ''),
      },
      verticalAxis(colours, 52),
    ],
    series: [
      {},
      { stroke: faint(colours.text, 0.7), width: 1.5, spanGaps: true, points: { show: false } },
    ],
    hooks: {
      drawClear: [
        (plot) => {
          drawBaseline(plot, trend, colours);
        },
      ],
      draw: [
        (plot) => {
          drawPoints(plot, trend, colours);
        },
      ],
    },
  };
}

/** A dashed line where the baseline is. */
function drawBaseline(plot: uPlot, { points, format }: CompareTrend, { text }: PlotColours): void {
  const value =
    points.find(({ value, verdict }) => value !== null && verdict === null)?.value ?? null;
  if (value === null) return;
  const { ctx, bbox } = plot;
  const y = Math.round(plot.valToPos(value * format.scale, 'y', true));
  ctx.save();
  ctx.strokeStyle = text;
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash(dashOfB.map((length) => length * devicePixelRatio));
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.restore();
}

function drawPoints(plot: uPlot, { points, format }: CompareTrend, colours: PlotColours): void {
  const { ctx } = plot;
  ctx.save();
  ctx.lineWidth = 2 * devicePixelRatio;
  for (const [at, point] of points.entries()) {
    if (point.value === null) continue;
    const shape = shapeOf(point);
    ctx.strokeStyle = shapeColour(shape, colours);
    traceShape(ctx, shape, {
      x: plot.valToPos(at, 'x', true),
      y: plot.valToPos(point.value * format.scale, 'y', true),
      size: 4 * devicePixelRatio,
    });
    ctx.stroke();
  }
  ctx.restore();
}
