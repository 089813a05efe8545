import type { Series } from '../plan/series.ts';
import type { MeasuredStep } from './measuredStep.ts';
import { nextCapacityLoad } from './findCapacity.ts';

/**
 * About how many sessions run at once in each of the runs of a series; of a search those of the
 * longest way through it.
 */
export function stepsAtMost(series: Series): number[] {
  if (series.kind === 'find_capacity') return longestSearch(series.sessions);
  const { sessions, levels } = series;
  const between = Array.from({ length: levels }, (_, level) => {
    return 1 + ((sessions - 1) * (level + 1)) / (levels + 1);
  });
  return [1, sessions, ...between];
}

/** Searches differ by what the endpoint holds: most sessions are sent where it holds nearly all. */
function longestSearch(sessions: number): number[] {
  const capacities = [sessions, ...Array.from({ length: 64 }, (_, i) => sessions - 1 - i)];
  const searches = capacities.filter((each) => each >= 0).map((each) => search(sessions, each));
  return searches.reduce((one, other) => (sum(other) > sum(one) ? other : one));
}

function search(sessions: number, capacity: number): number[] {
  const steps: MeasuredStep[] = [];
  const tried: number[] = [];
  const series = { kind: 'find_capacity', sessions } as const;
  for (let load = nextCapacityLoad(series, steps); load; load = nextCapacityLoad(series, steps)) {
    if (load.kind !== 'concurrent') break;
    tried.push(load.sessions);
    const missed = load.sessions <= capacity ? [] : ['too many'];
    steps.push({ load, sessionsPerS: null, utterances: 1, missed });
  }
  return tried;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
