import { themeColour, themeFont } from '../../shared/theme.ts';
import { plotColours } from './plotStyle.ts';

export interface PictureLegend {
  text: string;
  colour: string;
  /** In CSS pixels; empty for a solid line. */
  dash: readonly number[];
}

export interface PicturePart {
  caption: string;
  canvas: HTMLCanvasElement;
}

export interface PlotPicture {
  title: string;
  legend: readonly PictureLegend[];
  /** Below each other. */
  parts: readonly PicturePart[];
}

const linePx = 24;
const marginPx = 16;

/** Plots with title and legend on the editor's background, as a `data:image/png` URL. */
export function plotPicture({ title, legend, parts }: PlotPicture): string {
  const scale = devicePixelRatio;
  const canvas = document.createElement('canvas');
  const heights = parts.map((part) => part.canvas.height + linePx * scale);
  canvas.width = Math.max(...parts.map((part) => part.canvas.width)) + 2 * marginPx * scale;
  canvas.height =
    (2 * linePx + 2 * marginPx) * scale + heights.reduce((sum, height) => sum + height, 0);
  const context = canvas.getContext('2d')!;
  context.fillStyle = themeColour('editor-background', 'editor-background');
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.scale(scale, scale);
  context.textBaseline = 'middle';
  drawTitle(context, title);
  drawLegend(context, legend);
  let top = marginPx + 2 * linePx;
  for (const [at, { caption, canvas: plot }] of parts.entries()) {
    context.fillStyle = plotColours().text;
    context.font = themeFont(0.9);
    context.fillText(caption, marginPx, top + linePx / 2);
    const drawn = [plot.width / scale, plot.height / scale] as const;
    context.drawImage(plot, marginPx, top + linePx, ...drawn);
    top += heights[at]! / scale;
  }
  return canvas.toDataURL('image/png');
}

function drawTitle(context: CanvasRenderingContext2D, title: string): void {
  context.fillStyle = plotColours().foreground;
  context.font = `600 ${themeFont(1.1)}`;
  context.fillText(title, marginPx, marginPx + linePx / 2);
}

function drawLegend(context: CanvasRenderingContext2D, legend: readonly PictureLegend[]): void {
  const y = marginPx + linePx * 1.5;
  let x = marginPx;
  context.font = themeFont(0.95);
  for (const { text, colour, dash } of legend) {
    context.strokeStyle = colour;
    context.lineWidth = 2;
    context.setLineDash([...dash]);
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + 28, y);
    context.stroke();
    context.setLineDash([]);
    context.fillStyle = plotColours().foreground;
    context.fillText(text, x + 36, y);
    x += 36 + context.measureText(text).width + 20;
  }
}
