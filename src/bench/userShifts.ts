import type { ClosedLoad } from '../plan/load.ts';
import { whenRampIsMs } from './ramps.ts';

/** When a user of a closed load starts sessions, milliseconds after the run's start. */
export interface UserShift {
  fromMs: number;
  /** Infinite where it goes on while there is something to do. */
  untilMs: number;
}

/**
 * The users of a closed load, of which each has one session at a time.
 *
 * @param staggerMs the first starts of a fixed load are spread over this time, or all chunks would
 * reach the server in phase
 * @param jobs users beyond these would have nothing to do
 */
export function userShifts(load: ClosedLoad, staggerMs: number, jobs: number): UserShift[] {
  const most = load.kind === 'ramp' ? Math.max(load.from, load.to) : load.sessions;
  const count = Math.min(most, jobs);
  return Array.from({ length: count }, (_, user) => {
    const shift = load.kind === 'ramp' ? rampShift(load, user) : always;
    return { ...shift, fromMs: shift.fromMs || (staggerMs * user) / count };
  });
}

const always: UserShift = { fromMs: 0, untilMs: Infinity };

/** A user is there while the ramp, rounded, is above its place among the users. */
function rampShift(ramp: Extract<ClosedLoad, { kind: 'ramp' }>, user: number): UserShift {
  const atMs = (): number => whenRampIsMs(ramp, user + 0.5);
  return {
    fromMs: user < ramp.from ? 0 : atMs(),
    untilMs: user < ramp.to ? Infinity : atMs(),
  };
}
