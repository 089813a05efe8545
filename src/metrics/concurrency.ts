import type { Micros } from '../trace/sessionTrace.ts';

/** Half-open: at `endUs` it is over. */
export interface Interval {
  startUs: Micros;
  endUs: Micros;
}

export interface Concurrency {
  /** Time-weighted mean over the window; null for an empty window. */
  mean: number | null;
  max: number;
}

/** How many intervals were open at once within the window; an end comes before a start. */
export function concurrency(intervals: readonly Interval[], window: Interval): Concurrency {
  const inside = intervals
    .map(({ startUs, endUs }) => ({
      startUs: Math.max(startUs, window.startUs),
      endUs: Math.min(endUs, window.endUs),
    }))
    .filter(({ startUs, endUs }) => endUs > startUs);
  const openUs = inside.reduce((sum, { startUs, endUs }) => sum + endUs - startUs, 0);
  const windowUs = window.endUs - window.startUs;
  return { mean: windowUs > 0 ? openUs / windowUs : null, max: mostOpen(inside) };
}

function mostOpen(intervals: readonly Interval[]): number {
  const changes = intervals.flatMap(({ startUs, endUs }) => [
    { atUs: startUs, by: 1 },
    { atUs: endUs, by: -1 },
  ]);
  changes.sort((a, b) => a.atUs - b.atUs || a.by - b.by);
  let open = 0;
  let most = 0;
  for (const { by } of changes) {
    open += by;
    most = Math.max(most, open);
  }
  return most;
}
