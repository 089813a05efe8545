import type { CompareRun } from '../../../src/compareview/compareView.ts';
import type { LoadChart, LoadFigures, LoadView } from '../../../src/compareview/loadView.ts';
import { isolated } from '../../shared/textDirection.ts';
import { horizontalAxis, plotColours, verticalAxis } from '../plots/plotStyle.ts';
import { themeFont } from '../../shared/theme.ts';
import type { PlotPoint, PointModel } from '../plots/pointPlot.ts';
import { drawCurves, drawLimits, type DrawnCurve } from './drawLoad.ts';
import { alongAxis, axisNames, axisText, type LoadAxis, type PlacedPoint } from './loadAxis.ts';
import { figuresText, remarksOf } from './loadTexts.ts';

export interface LoadPlotSubject {
  load: LoadView;
  chart: LoadChart;
  axis: LoadAxis;
  runs: readonly CompareRun[];
  /** Opens the run at a place. */
  open: (run: number) => void;
}

/** Room beside the last point and above the highest, as shares of the plot. */
const room = { right: 0.05, top: 0.1 };

/** A metric by load: a curve for each endpoint, its runs in the order of the axis. */
export function loadModel(subject: LoadPlotSubject): PointModel {
  const { load, chart, axis } = subject;
  const curves = load.curves.map((curve) => drawnCurve(alongAxis(curve, axis), chart));
  const right = largestOf(curves.flatMap(({ points }) => points.map(({ x }) => x)));
  const points = load.curves.flatMap(({ name }, at) =>
    curves[at]!.points.map((drawn) =>
      plotPoint(subject, drawn, load.curves.length > 1 ? name : null),
    ),
  );
  return {
    label:
      `${chart.label} of ${points.length} runs by ${axisNames[axis].toLowerCase()}. ` +
      'Arrow keys go along the curve, Enter opens the run.',
    points,
    // All is drawn by hand: two runs may be at the same place.
    data: [
      [0, right],
      [null, null],
    ],
    options: () => loadOptions(chart, axis, { curves, right: right * (1 + room.right) || 1 }),
  };
}

/** A point that has figures of the chart. */
type FiguredPoint = PlacedPoint & { figures: LoadFigures };

function drawnCurve(
  placed: readonly PlacedPoint[],
  { key, format }: LoadChart,
): DrawnCurve & { points: FiguredPoint[] } {
  const points = placed.flatMap((one) => {
    const figures = one.point.figures[key];
    return figures ? [{ ...one, figures }] : [];
  });
  const marks = (of: 'main' | 'tail') =>
    points.flatMap(({ x, figures }) => {
      const figure = figures[of];
      if (!figure) return [];
      const { value, enough, missed } = figure;
      return [{ x, y: value * format.scale, enough, isMissed: missed.length > 0 }];
    });
  return { points, main: marks('main'), tail: marks('tail') };
}

function plotPoint(
  { chart, axis, runs, open }: LoadPlotSubject,
  { x, point, figures }: FiguredPoint,
  endpoint: string | null,
): PlotPoint {
  const { letter, title } = runs[point.run] ?? {};
  const { scale } = chart.format;
  const whose = endpoint === null ? '' : `${isolated(endpoint)}, `;
  const said = `${whose}${point.load}: ${figuresText(chart, figures)}`;
  const remarks = remarksOf(chart, figures);
  return {
    x,
    ys: [figures.main, figures.tail].flatMap((figure) => (figure ? [figure.value * scale] : [])),
    spoken: [said, ...remarks, `run ${letter ?? '–'}`].join('; '),
    lines: [
      said,
      ...(remarks.length === 0 ? [] : [remarks.join('; ')]),
      `${axisNames[axis]} ${axisText(x)}; run ${letter ?? '–'}, ${isolated(title ?? '')}`,
    ],
    open: () => {
      open(point.run);
    },
  };
}

interface DrawnCurves {
  curves: readonly DrawnCurve[];
  right: number;
}

function loadOptions(
  chart: LoadChart,
  axis: LoadAxis,
  { curves, right }: DrawnCurves,
): ReturnType<PointModel['options']> {
  const colours = plotColours();
  const limits = chart.limits.map((limit) => ({ ...limit, y: limit.value * chart.format.scale }));
  const marks = curves.flatMap(({ main, tail }) => [...main, ...tail]);
  return {
    padding: [8, 12, 0, 0],
    cursor: { show: false },
    scales: {
      x: { time: false, range: [0, right] },
      y: { range: heightRange([...marks, ...limits].map(({ y }) => y)) },
    },
    axes: [
      {
        ...horizontalAxis(colours),
        label: axisNames[axis],
        labelFont: themeFont(0.85),
        labelSize: 18,
        labelGap: 0,
      },
      verticalAxis(colours, 52),
    ],
    series: [{}, { points: { show: false } }],
    hooks: {
      drawClear: [
        (plot) => {
          drawLimits(plot, chart, limits);
        },
      ],
      draw: [
        (plot) => {
          drawCurves(plot, curves);
        },
      ],
    },
  };
}

/** From zero, so that heights can be compared; below it where values are. */
function heightRange(ys: readonly number[]): [number, number] {
  const least = Math.min(0, ...ys);
  const most = Math.max(0, ...ys);
  const above = (most - least) * room.top || 1;
  return [least < 0 ? least - above : 0, most + above];
}

function largestOf(values: readonly number[]): number {
  return Math.max(0, ...values);
}
