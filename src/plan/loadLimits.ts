import { isClosed, type Load } from './load.ts';

/** How many sessions run at once at most; null where that depends on the server. */
export function sessionsAtOnce(load: Load): number | null {
  if (!isClosed(load)) return null;
  return load.kind === 'ramp' ? Math.max(load.from, load.to) : load.sessions;
}

export function reusesConnections(load: Load): boolean {
  return load.kind === 'concurrent' && load.reuseConnections === true;
}
