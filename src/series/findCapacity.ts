import type { Load } from '../plan/load.ts';
import { sessionsAtOnce } from '../plan/loadLimits.ts';
import type { CapacitySearch } from '../plan/series.ts';
import type { MeasuredStep } from './measuredStep.ts';

/**
 * Twice as many sessions at once as long as the endpoint holds them, then the middle between the
 * most that it held and the fewest that it did not; null where these are next to each other.
 */
export function nextCapacityLoad(
  { sessions: limit }: CapacitySearch,
  measured: readonly MeasuredStep[],
): Load | null {
  const { held, missed } = boundsOf(measured);
  const sessions =
    missed === null ? Math.min(limit, Math.max(1, 2 * held)) : Math.floor((held + missed) / 2);
  return sessions === held ? null : { kind: 'concurrent', sessions };
}

export interface CapacityBounds {
  /** Most sessions at once that were held; 0 where none was. */
  held: number;
  /** Fewest that were not; null where all were held. */
  missed: number | null;
}

export function boundsOf(measured: readonly MeasuredStep[]): CapacityBounds {
  const counts = (isHeld: boolean): number[] =>
    measured.flatMap(({ load, missed }) =>
      (missed.length === 0) === isHeld ? [sessionsAtOnce(load) ?? 0] : [],
    );
  const failed = counts(false);
  return {
    held: Math.max(0, ...counts(true)),
    missed: failed.length === 0 ? null : Math.min(...failed),
  };
}
