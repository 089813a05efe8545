import type { ClosedLoad, OpenLoad } from './load.ts';

/** A load of a plan, of a plan file, or of what is read of a run for a list. */
export type WordedLoad =
  OpenLoad | (Pick<ClosedLoad, 'kind' | 'sessions'> & { reuseConnections?: boolean | undefined });

/** A load in words, for example `8 at once` or `2 per second at random`. */
export function loadText(load: WordedLoad): string {
  switch (load.kind) {
    case 'concurrent':
      return `${load.sessions} at once`;
    case 'constant':
      return `${load.perSecond} per second`;
    case 'poisson':
      return `${load.perSecond} per second at random`;
    case 'gamma':
      return `${load.perSecond} per second at random with burstiness ${load.burstiness}`;
  }
}

/** A load in words with all that it consists of. */
export function exactLoadText(load: WordedLoad): string {
  const text = loadText(load);
  if (load.kind === 'constant') return text;
  if (load.kind !== 'concurrent') return `${text} (seed ${load.seed})`;
  return load.reuseConnections === true ? `${text}, connections reused` : text;
}
