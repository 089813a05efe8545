import type { MetricComparison } from '../comparison/comparison.ts';
import { percentile } from '../metrics/statistics/percentile.ts';
import { axisRange } from './axisTicks.ts';
import { svgPlot, type PlotLine } from './svgPlot.ts';

const percentage = (share: number) => `${Math.round(share * 100)} %`;

/** The share of utterances up to each value, A and B above each other. */
export function ecdfPlot({ label, unit, values }: MetricComparison): string {
  const range = axisRange([...values.a, ...values.b], true);
  return svgPlot({
    description: `${label}: share of utterances up to each value, in A and in B.`,
    x: { range, label: unit === '' ? label : `${label} (${unit})`, format: String },
    y: { range: { low: 0, high: 1, isLog: false }, label: 'Utterances', format: percentage },
    lines: [stairs('a', values.a, range.low), stairs('b', values.b, range.low)],
  });
}

/** By how much each percentile changed: where along the distribution B differs from A. */
export function quantileDifferencePlot({ label, unit, values }: MetricComparison): string {
  const points = Array.from({ length: 91 }, (_, i): [number, number] => {
    const fraction = 0.05 + i * 0.01;
    const a = percentile(values.a, fraction)!;
    const b = percentile(values.b, fraction)!;
    return [fraction, b - a];
  });
  return svgPlot({
    description: `${label}: difference of each percentile, B minus A.`,
    x: { range: { low: 0, high: 1, isLog: false }, label: 'Percentile', format: percentage },
    y: {
      range: axisRange([0, ...points.map(([, difference]) => difference)], false),
      label: unit === '' ? 'B − A' : `B − A (${unit})`,
      format: String,
    },
    lines: [{ className: 'difference', points }],
  });
}

function stairs(className: string, sorted: readonly number[], start: number): PlotLine {
  const points: [number, number][] = [[Math.min(start, sorted[0]!), 0]];
  sorted.forEach((value, rank) => {
    points.push([value, rank / sorted.length], [value, (rank + 1) / sorted.length]);
  });
  return { className, points };
}
