import { median } from './percentile.ts';

export interface Point {
  x: number;
  y: number;
}

/** Bounds the pairs to 125,000: an hour of speech costs milliseconds, and the slope hardly moves. */
const mostPoints = 500;

/**
 * Median slope over all pairs of points with different x (Theil 1950, Sen 1968), which a few wild
 * points cannot move. Beyond 500 points, 500 evenly spread ones are used.
 *
 * @returns null when no two points differ in x
 */
export function theilSenSlope(points: readonly Point[]): number | null {
  const used = evenlySpread(points, mostPoints);
  const slopes: number[] = [];
  used.forEach((left, index) => {
    for (const right of used.slice(index + 1)) {
      if (right.x !== left.x) slopes.push((right.y - left.y) / (right.x - left.x));
    }
  });
  return median(slopes);
}

function evenlySpread<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  const step = (items.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, index) => items[Math.round(index * step)]!);
}
