import type { Load } from '../plan/load.ts';
import type { Sweep } from '../plan/series.ts';
import type { MeasuredStep } from './measuredStep.ts';

/**
 * One session at a time, then as many as saturate the endpoint, then rates evenly spaced between
 * what these two reached, from the lowest; null at the end, and where there is nothing between.
 * Metrics specification 7.1, after guidellm's sweep.
 */
export function nextSweepLoad(
  { sessions, levels }: Sweep,
  measured: readonly MeasuredStep[],
): Load | null {
  if (measured.length === 0) return { kind: 'concurrent', sessions: 1 };
  if (measured.length === 1) return { kind: 'concurrent', sessions };
  const [alone, saturated] = measured.map(({ sessionsPerS }) => sessionsPerS ?? 0);
  const level = measured.length - 1;
  if (level > levels || alone! <= 0 || saturated! <= alone!) return null;
  const perSecond = alone! + ((saturated! - alone!) * level) / (levels + 1);
  return { kind: 'constant', perSecond: readable(perSecond) };
}

/** Three digits are told apart and remembered. */
function readable(perSecond: number): number {
  return Number(perSecond.toPrecision(3));
}
