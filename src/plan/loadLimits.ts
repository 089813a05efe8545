import type { Load } from './load.ts';

/** How many sessions run at once at most; null where that depends on the server. */
export function sessionsAtOnce(load: Load): number | null {
  return load.kind === 'concurrent' ? load.sessions : null;
}

export function reusesConnections(load: Load): boolean {
  return load.kind === 'concurrent' && load.reuseConnections === true;
}
