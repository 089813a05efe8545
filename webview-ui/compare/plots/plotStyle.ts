import type uPlot from 'uplot';
import { themeColour, themeFont } from '../../shared/theme.ts';

/** Dashes tell B from A where colours do not. */
export const dashOfB = [6, 4];

export interface PlotColours {
  a: string;
  b: string;
  text: string;
  grid: string;
  foreground: string;
  improved: string;
  regressed: string;
}

export function plotColours(): PlotColours {
  return {
    a: themeColour('charts-blue', 'foreground'),
    b: themeColour('charts-purple', 'foreground'),
    text: themeColour('descriptionForeground', 'foreground'),
    grid: themeColour('charts-lines', 'panel-border'),
    foreground: themeColour('foreground', 'foreground'),
    improved: themeColour('charts-green', 'foreground'),
    regressed: themeColour('charts-red', 'foreground'),
  };
}

/** As transparent as wanted: 0 to 1. */
export function faint(colour: string, opacity: number): string {
  return `color-mix(in srgb, ${colour} ${opacity * 100}%, transparent)`;
}

export function horizontalAxis({ text, grid }: PlotColours): uPlot.Axis {
  return {
    stroke: text,
    font: themeFont(0.85),
    size: 24,
    gap: 3,
    space: 56,
    grid: { show: false },
    ticks: { stroke: faint(grid, 0.6), width: 1, size: 4 },
  };
}

export function verticalAxis({ text, grid }: PlotColours, size: number): uPlot.Axis {
  return {
    stroke: text,
    font: themeFont(0.85),
    size,
    gap: 4,
    space: 34,
    grid: { stroke: faint(grid, 0.35), width: 1 },
    ticks: { show: false },
  };
}

/** Some room on both sides, also where all values are the same. */
export function roomyRange(least: number, most: number, isLog: boolean): [number, number] {
  if (isLog) {
    const room = Math.max((most / least) ** 0.03, 1.01);
    return [least / room, most * room];
  }
  const room = (most - least) * 0.03 || Math.abs(most) * 0.1 || 1;
  return [least - room, most + room];
}
