import type { LoadCurve, LoadPoint } from '../../../src/compareview/loadView.ts';

/** What the load is read off: what was open at once, or what came through. */
export const loadAxes = ['concurrency', 'sessionsPerSecond'] as const;

export type LoadAxis = (typeof loadAxes)[number];

export const axisNames: Readonly<Record<LoadAxis, string>> = {
  concurrency: 'Mean concurrency',
  sessionsPerSecond: 'Sessions per second',
};

/** Two digits, as the registry has them for both. */
export function axisText(value: number | null): string {
  return value === null ? '–' : value.toFixed(2);
}

/** A point that has a place on the axis. */
export interface PlacedPoint {
  x: number;
  point: LoadPoint;
}

/** The points of a curve in the order of an axis; those without a place on it are left out. */
export function alongAxis({ points }: LoadCurve, axis: LoadAxis): PlacedPoint[] {
  const placed = points.flatMap((point) => {
    const x = point[axis];
    return x === null ? [] : [{ x, point }];
  });
  return placed.toSorted((one, other) => one.x - other.x);
}
