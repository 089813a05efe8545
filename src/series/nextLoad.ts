import type { Load } from '../plan/load.ts';
import type { Series } from '../plan/series.ts';
import { nextCapacityLoad } from './findCapacity.ts';
import type { MeasuredStep } from './measuredStep.ts';
import { nextSweepLoad } from './sweep.ts';

/** The load of a series' next run after those that were measured; null where it is over. */
export function nextLoad(series: Series, measured: readonly MeasuredStep[]): Load | null {
  return series.kind === 'sweep'
    ? nextSweepLoad(series, measured)
    : nextCapacityLoad(series, measured);
}

/**
 * Which run of a series its plan's thresholds are held against: of a search the one with the most
 * sessions that the endpoint held; else the first, with one session at a time.
 */
export function decidingStep(series: Series, measured: readonly MeasuredStep[]): number {
  if (series.kind === 'sweep') return 0;
  const held = measured.map(({ missed }, step) => ({ step, isHeld: missed.length === 0 }));
  // Each run that was held has more sessions than those before it that were.
  return held.findLast(({ isHeld }) => isHeld)?.step ?? 0;
}
