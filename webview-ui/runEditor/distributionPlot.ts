import uPlot from 'uplot';
import type { MetricCard } from '../../src/runview/runView.ts';
import { element } from '../shared/element.ts';
import { themeColour, themeFont } from '../shared/theme.ts';
import { formatNumber } from './formatFigure.ts';

const heightPx = 74;

export interface DistributionPlot {
  root: HTMLElement;
  /** Draws again, for example in the colours of another theme. */
  redraw(): void;
  dispose(): void;
}

/**
 * Which share of the values is at most x: steps from 0 to 1 without any choice of bins. Hovering
 * reads it off. For screen readers the figures beside it say the same.
 */
export function distributionPlot(card: MetricCard): DistributionPlot {
  const readout = element('div', { class: 'plot-readout', aria: { hidden: true } });
  const canvas = element('div', { class: 'plot-canvas' });
  const root = element(
    'div',
    {
      class: 'plot',
      role: 'img',
      title: 'Share of values up to x. Dashed: p50. Dotted: p95.',
      aria: { label: plotText(card) },
    },
    [canvas, readout],
  );
  const data = curve(card);
  let plot: uPlot | null = null;
  const draw = () => {
    plot?.destroy();
    plot = null;
    const width = canvas.clientWidth;
    if (width > 0) plot = new uPlot(plotOptions(card, width, readout), data, canvas);
  };
  const resize = new ResizeObserver(() => {
    const width = canvas.clientWidth;
    if (plot && width > 0) plot.setSize({ width, height: heightPx });
    else draw();
  });
  resize.observe(canvas);
  return {
    root,
    redraw: draw,
    dispose: () => {
      resize.disconnect();
      plot?.destroy();
    },
  };
}

/** The plot in a sentence. */
export function plotText({ label, n, unit, decimals, p50, p95, max, values }: MetricCard): string {
  const say = (value: number | null) => `${formatNumber(value, decimals)} ${unit}`.trimEnd();
  return (
    `Distribution of ${label} over ${n} values: from ${say(values[0] ?? null)} to ${say(max)}, ` +
    `half of them at most ${say(p50.value)}, 95 % at most ${say(p95.value)}.`
  );
}

/** Values and the share of all values up to each; thinned ones stand for those left out. */
function curve({ values, n }: MetricCard): uPlot.AlignedData {
  const step = values.length > 1 ? (n - 1) / (values.length - 1) : 0;
  const shares = values.map((_, i) => (Math.round(i * step) + 1) / n);
  const first = values[0] ?? 0;
  return [
    [first, ...values],
    [0, ...shares],
  ];
}

function plotOptions(card: MetricCard, width: number, readout: HTMLElement): uPlot.Options {
  const line = themeColour('charts-blue', 'foreground');
  const text = themeColour('descriptionForeground', 'foreground');
  const grid = themeColour('charts-lines', 'panel-border');
  const values = card.values;
  return {
    width,
    height: heightPx,
    padding: [6, 18, 0, 12],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 6, fill: line } },
    scales: {
      x: { time: false, range: () => valueRange(values) },
      y: { range: [0, 1.02] },
    },
    axes: [
      {
        stroke: text,
        font: themeFont(0.8),
        size: 20,
        gap: 2,
        space: 56,
        grid: { show: false },
        ticks: { stroke: grid, width: 1, size: 3 },
      },
      { show: false, splits: [0, 0.5, 1], grid: { stroke: grid, width: 1 } },
    ],
    series: [
      {},
      {
        stroke: line,
        width: 1.5,
        fill: `color-mix(in srgb, ${line} 16%, transparent)`,
        points: { show: values.length === 1, size: 6, fill: line },
        ...(uPlot.paths.stepped && { paths: uPlot.paths.stepped({ align: 1 }) }),
      },
    ],
    hooks: {
      draw: [
        (plot) => {
          drawPercentiles(plot, card, text);
        },
      ],
      setCursor: [
        (plot) => {
          readout.textContent = cursorText(plot, card);
        },
      ],
    },
  };
}

/** Some room on both sides, also where all values are the same. */
function valueRange(values: readonly number[]): [number, number] {
  const least = values[0] ?? 0;
  const most = values.at(-1) ?? 0;
  const room = (most - least) * 0.03 || Math.abs(most) * 0.1 || 1;
  return [least - room, most + room];
}

/** Dashed where the median is, dotted where p95 is. */
function drawPercentiles(plot: uPlot, { p50, p95 }: MetricCard, colour: string): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.lineWidth = devicePixelRatio;
  for (const [percentile, dash] of [
    [p50, [4, 3]],
    [p95, [1, 3]],
  ] as const) {
    if (percentile.value === null) continue;
    const x = Math.round(plot.valToPos(percentile.value, 'x', true));
    ctx.setLineDash(dash.map((length) => length * devicePixelRatio));
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.restore();
}

function cursorText(plot: uPlot, { unit, decimals, n }: MetricCard): string {
  const { idx } = plot.cursor;
  const value = idx === null || idx === undefined ? undefined : plot.data[0][idx];
  if (value === undefined) return '';
  const at = idx === 0 ? 1 : idx!;
  const share = plot.data[1]?.[at] ?? 0;
  return `${(share * 100).toFixed(0)} % of ${n} ≤ ${formatNumber(value, decimals)} ${unit}`.trimEnd();
}
