import uPlot from 'uplot';
import type { MetricCard } from '../../src/runview/runView.ts';
import { element } from '../shared/element.ts';
import { themeColour, themeFont } from '../shared/theme.ts';
import { distributionSteps, stepAt, stepText, type DistributionStep } from './distributionSteps.ts';
import { makePlotSlider } from './plotSlider.ts';

const heightPx = 74;

export interface DistributionPlot {
  root: HTMLElement;
  /** Draws again, for example in the colours of another theme. */
  redraw(): void;
  dispose(): void;
}

/**
 * Which share of the values is at most x: steps from 0 to 1 without any choice of bins. Hovering
 * reads it off, and so do the arrow keys.
 */
export function distributionPlot(card: MetricCard): DistributionPlot {
  const steps = distributionSteps(card);
  const readout = element('div', { class: 'plot-readout', aria: { hidden: true } });
  const canvas = element('div', { class: 'plot-canvas' });
  const title = 'Share of values up to x. Dashed: p50. Dotted: p95. Arrow keys read values.';
  const root = element('div', { class: 'plot', title }, [canvas, readout]);
  let plot: uPlot | null = null;
  const read = (step: DistributionStep | null | undefined) => {
    readout.textContent = step ? stepText(step, card) : '';
  };
  makePlotSlider(root, card, steps, (step) => {
    if (plot) moveCursor(plot, step);
    read(step);
  });
  const pointed = (value: number | null) => {
    read(value === null ? null : steps[stepAt(steps, value)]);
  };
  const draw = () => {
    plot?.destroy();
    plot = null;
    const width = canvas.clientWidth;
    if (width > 0) plot = new uPlot(plotOptions(card, width, pointed), curve(steps), canvas);
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

/** Without asking for the value under it: steps may be closer than pixels. */
function moveCursor(plot: uPlot, step: DistributionStep | null): void {
  const left = step ? plot.valToPos(step.value, 'x') : -10;
  const top = step ? plot.valToPos(step.share, 'y') : -10;
  plot.setCursor({ left, top }, false);
}

/** From nothing below the first value to all at the last. */
function curve(steps: readonly DistributionStep[]): uPlot.AlignedData {
  const first = steps[0]?.value ?? 0;
  return [
    [first, ...steps.map(({ value }) => value)],
    [0, ...steps.map(({ share }) => share)],
  ];
}

/** @param pointed told the value under the pointer, null where there is none */
function plotOptions(
  card: MetricCard,
  width: number,
  pointed: (value: number | null) => void,
): uPlot.Options {
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
          const { idx } = plot.cursor;
          pointed(idx === null || idx === undefined ? null : (plot.data[0][idx] ?? null));
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
