import { axisPosition, axisTicks, type AxisRange } from './axisTicks.ts';
import { escapeHtml } from './escapeHtml.ts';

/** A line of a plot; its class says how it is drawn. */
export interface PlotLine {
  className: string;
  points: readonly (readonly [x: number, y: number])[];
}

export interface Plot {
  /** Read out in place of the picture. */
  description: string;
  x: { range: AxisRange; label: string; format: (value: number) => string };
  y: { range: AxisRange; label: string; format: (value: number) => string };
  lines: readonly PlotLine[];
}

const width = 460;
const height = 250;
const margin = { top: 12, right: 26, bottom: 42, left: 58 };

/** A line plot as inline SVG. It needs no script and takes its colours from the page's styles. */
export function svgPlot({ description, x, y, lines }: Plot): string {
  const toX = (value: number) =>
    margin.left + axisPosition(value, x.range) * (width - margin.left - margin.right);
  const toY = (value: number) =>
    height - margin.bottom - axisPosition(value, y.range) * (height - margin.top - margin.bottom);
  const bottom = height - margin.bottom;
  const right = width - margin.right;
  const parts = [
    `<svg class="plot" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(description)}">`,
    ...axisTicks(x.range).map((tick) => {
      const at = number(toX(tick));
      return (
        `<line class="grid" x1="${at}" x2="${at}" y1="${margin.top}" y2="${bottom}"/>` +
        `<text class="tick" x="${at}" y="${bottom + 15}" text-anchor="middle">${escapeHtml(x.format(tick))}</text>`
      );
    }),
    ...axisTicks(y.range).map((tick) => {
      const at = number(toY(tick));
      const kind = tick === 0 ? 'zero' : 'grid';
      return (
        `<line class="${kind}" x1="${margin.left}" x2="${right}" y1="${at}" y2="${at}"/>` +
        `<text class="tick" x="${margin.left - 6}" y="${number(toY(tick) + 3.5)}" text-anchor="end">${escapeHtml(y.format(tick))}</text>`
      );
    }),
    ...lines.map(({ className, points }) => {
      const path = points.map(([px, py]) => `${number(toX(px))},${number(toY(py))}`).join(' ');
      return `<polyline class="line ${className}" points="${path}"/>`;
    }),
    `<text class="label" x="${(margin.left + right) / 2}" y="${height - 8}" text-anchor="middle">${escapeHtml(x.label)}</text>`,
    `<text class="label" transform="translate(13 ${(margin.top + bottom) / 2}) rotate(-90)" text-anchor="middle">${escapeHtml(y.label)}</text>`,
    '</svg>',
  ];
  return parts.join('\n');
}

function number(value: number): string {
  return String(Math.round(value * 10) / 10);
}
