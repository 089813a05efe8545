import uPlot from 'uplot';
import type { ComparePair, CompareRow } from '../../../src/compareview/compareView.ts';
import { formatDifference, formatFigure } from '../../../src/report/formatFigure.ts';
import {
  histogramBins,
  quantileDifferences,
  shareCurve,
  type TwoSamples,
} from './distributions.ts';
import {
  dashOfB,
  faint,
  horizontalAxis,
  plotColours,
  roomyRange,
  verticalAxis,
} from './plotStyle.ts';
import type { PlotColours } from './plotStyle.ts';
import type { PlotModel } from './readablePlot.ts';

export interface DistributionSubject {
  row: CompareRow;
  letters: [string, string];
}

export function subjectOf(pair: ComparePair, row: CompareRow): DistributionSubject {
  return { row, letters: [pair.a.letter, pair.b.letter] };
}

/** `uPlot.Scale.Distr.Logarithmic`, of which there are only types. */
const logarithmic = { distr: 3 };

const percent = (share: number) => `${Math.round(share * 100)} %`;
const percents = (_: uPlot, splits: number[]) => splits.map(percent);

/** Which share of the values is at most x: two stairs from 0 to 1, without any choice of bins. */
export function curveModel({ row, letters }: DistributionSubject, isLog: boolean): PlotModel {
  const { format, label } = row;
  const [nameA, nameB] = letters;
  const points = shareCurve(row.values);
  const first = points[0]!.x;
  const shown = points.map(({ x }) => x * format.scale);
  return {
    label: `${label}: share of values up to each one, in ${nameA} and in ${nameB}.`,
    data: [
      [first * format.scale, ...shown],
      [0, ...points.map(({ a }) => a)],
      [0, ...points.map(({ b }) => b)],
    ],
    readings: points.map(({ x, a, b }) => ({
      x: x * format.scale,
      text: `≤ ${formatFigure(x, format)}: ${nameA} ${percent(a)}, ${nameB} ${percent(b)}`,
    })),
    start: points.findIndex(({ a }) => a >= 0.5),
    options: () => stairsOptions(row, { isLog, top: 1, fills: false }),
  };
}

/** Which share of the values lies in each bin, both runs in the same bins. */
export function histogramModel({ row, letters }: DistributionSubject, isLog: boolean): PlotModel {
  const { format, label } = row;
  const [nameA, nameB] = letters;
  const bins = histogramBins(row.values, isLog);
  const last = bins.at(-1)!;
  const at = (value: number) => value * format.scale;
  return {
    label: `${label}: share of values per range, in ${nameA} and in ${nameB}.`,
    data: [
      [at(bins[0]!.from), ...bins.map(({ from }) => at(from)), at(last.to), at(last.to)],
      [0, ...bins.map(({ a }) => a), last.a, 0],
      [0, ...bins.map(({ b }) => b), last.b, 0],
    ],
    readings: bins.map(({ from, to, a, b }) => ({
      x: at(isLog ? Math.sqrt(from * to) : (from + to) / 2),
      text:
        `${formatFigure(from, format)} to ${formatFigure(to, format)}: ` +
        `${nameA} ${percent(a)}, ${nameB} ${percent(b)}`,
    })),
    start: Math.floor(bins.length / 2),
    options: () => {
      const top = Math.max(...bins.flatMap(({ a, b }) => [a, b]));
      return stairsOptions(row, { isLog, top, fills: true });
    },
  };
}

/** By how much each percentile changed: where along the distribution B differs from A. */
export function differenceModel({ row, letters }: DistributionSubject): PlotModel {
  const { format, label } = row;
  const [nameA, nameB] = letters;
  const points = quantileDifferences(row.values);
  return {
    label: `${label}: difference of each percentile, ${nameB} − ${nameA}.`,
    data: [
      points.map(({ fraction }) => fraction * 100),
      points.map(({ difference }) => difference * format.scale),
    ],
    readings: points.map(({ fraction, a, b, difference }) => ({
      x: fraction * 100,
      text:
        `p${Math.round(fraction * 100)}: ${nameA} ${formatFigure(a, format)}, ` +
        `${nameB} ${formatFigure(b, format)}, ${formatDifference(difference, format)}`,
    })),
    start: points.findIndex(({ fraction }) => fraction >= 0.5),
    options: () => differenceOptions(row),
  };
}

type Options = ReturnType<PlotModel['options']>;

interface Stairs {
  isLog: boolean;
  /** The largest share. */
  top: number;
  fills: boolean;
}

function stairsOptions({ values, format }: CompareRow, { isLog, top, fills }: Stairs): Options {
  const colours = plotColours();
  const range = rangeOf(values, format.scale, isLog);
  return {
    padding: [8, 16, 0, 0],
    scales: {
      x: {
        time: false,
        range: () => range,
        ...(isLog && logarithmic),
      },
      y: { range: [0, top * 1.03 || 1] },
    },
    axes: [horizontalAxis(colours), { ...verticalAxis(colours, 46), values: percents }],
    series: [{}, stairs(colours.a, fills), { ...stairs(colours.b, fills), dash: dashOfB }],
  };
}

function stairs(colour: string, fills: boolean): uPlot.Series {
  return {
    stroke: colour,
    width: 2,
    points: { show: false },
    ...(fills && { fill: faint(colour, 0.18) }),
    ...(uPlot.paths.stepped && { paths: uPlot.paths.stepped({ align: 1 }) }),
  };
}

function rangeOf({ a, b }: TwoSamples, scale: number, isLog: boolean): [number, number] {
  const least = Math.min(a[0] ?? Infinity, b[0] ?? Infinity);
  const most = Math.max(a.at(-1) ?? -Infinity, b.at(-1) ?? -Infinity);
  return roomyRange(least * scale, most * scale, isLog);
}

function differenceOptions({ noise, format, values }: CompareRow): Options {
  const colours = plotColours();
  const shift = quantileDifferences(values).map(({ difference }) => difference * format.scale);
  const band = noise * format.scale;
  const reach = Math.max(...shift.map(Math.abs), band) * 1.1 || 1;
  // Zero is always in sight, in the middle where both ways occur.
  const range: [number, number] = [
    Math.min(...shift) < -band ? -reach : -1.6 * Math.min(band, reach) - reach * 0.08,
    Math.max(...shift) > band ? reach : 1.6 * Math.min(band, reach) + reach * 0.08,
  ];
  return {
    padding: [8, 16, 0, 0],
    scales: { x: { time: false, range: [5, 95] }, y: { range } },
    axes: [
      {
        ...horizontalAxis(colours),
        splits: [5, 25, 50, 75, 95],
        values: (_, splits) => splits.map((at) => `p${at}`),
      },
      verticalAxis(colours, 46),
    ],
    series: [
      {},
      {
        stroke: colours.foreground,
        width: 2,
        points: { show: false },
      },
    ],
    hooks: {
      drawClear: [
        (plot) => {
          drawNoise(plot, band, colours);
        },
      ],
    },
  };
}

/** The line of no change, and around it what does not matter. */
function drawNoise(plot: uPlot, band: number, { text }: PlotColours): void {
  const { ctx, bbox } = plot;
  const y = (value: number) => Math.round(plot.valToPos(value, 'y', true));
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.fillStyle = faint(text, 0.16);
  ctx.fillRect(bbox.left, y(band), bbox.width, y(-band) - y(band));
  ctx.strokeStyle = text;
  ctx.lineWidth = devicePixelRatio;
  ctx.beginPath();
  ctx.moveTo(bbox.left, y(0));
  ctx.lineTo(bbox.left + bbox.width, y(0));
  ctx.stroke();
  ctx.restore();
}
