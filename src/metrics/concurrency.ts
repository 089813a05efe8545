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
  const inside = intervals.map(({ startUs, endUs }) => ({
    startUs: Math.max(startUs, window.startUs),
    endUs: Math.min(endUs, window.endUs),
  }));
  const lasting = inside.filter(lasts);
  const openUs = lasting.reduce((sum, { startUs, endUs }) => sum + endUs - startUs, 0);
  const windowUs = window.endUs - window.startUs;
  const most = changesOf(lasting).reduce((before, { open }) => Math.max(before, open), 0);
  return { mean: windowUs > 0 ? openUs / windowUs : null, max: most };
}

/** How many intervals were open from each start on, that one included; in the order of time. */
export function openAtStarts(intervals: readonly Interval[]): { atUs: Micros; open: number }[] {
  return changesOf(intervals.filter(lasts)).filter(({ by }) => by > 0);
}

interface Change {
  atUs: Micros;
  by: 1 | -1;
  /** How many are open after it. */
  open: number;
}

function changesOf(intervals: readonly Interval[]): Change[] {
  const changes = intervals.flatMap(({ startUs, endUs }): Change[] => [
    { atUs: startUs, by: 1, open: 0 },
    { atUs: endUs, by: -1, open: 0 },
  ]);
  changes.sort((a, b) => a.atUs - b.atUs || a.by - b.by);
  let open = 0;
  for (const change of changes) {
    open += change.by;
    change.open = open;
  }
  return changes;
}

function lasts({ startUs, endUs }: Interval): boolean {
  return endUs > startUs;
}
