import type { ClosedLoad, Load, Ramp } from './load.ts';
import type { Series } from './series.ts';

type ConcurrentLoad = Extract<ClosedLoad, { kind: 'concurrent' }>;

/** A load of a plan, a profile of a plan file, or of what is read of a run for a list. */
export type WordedLoad =
  | Exclude<Load, ConcurrentLoad>
  | Series
  | (Pick<ConcurrentLoad, 'kind' | 'sessions'> & { reuseConnections?: boolean | undefined });

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
    case 'ramp':
      return rampText(load);
    case 'trace':
      return traceText(load);
    case 'sweep':
      return `sweep to ${load.sessions} at once, ${load.levels} between`;
    case 'find_capacity':
      return `capacity up to ${load.sessions} at once`;
  }
}

function rampText({ of, from, to, overSeconds, shape }: Ramp): string {
  const unit = of === 'sessions' ? 'at once' : 'per second';
  const how = shape === 'linear' ? '' : ', exponentially';
  return `${from} to ${to} ${unit} over ${overSeconds} s${how}`;
}

function traceText({ path, timeScale }: Extract<Load, { kind: 'trace' }>): string {
  const scale = timeScale === 1 ? '' : `, time × ${timeScale}`;
  return `starts of ${path.split(/[/\\]/).at(-1)}${scale}`;
}

/** A load in words with all that it consists of. */
export function exactLoadText(load: WordedLoad): string {
  const text = loadText(load);
  if (load.kind === 'concurrent') {
    return load.reuseConnections === true ? `${text}, connections reused` : text;
  }
  return 'seed' in load ? `${text} (seed ${load.seed})` : text;
}
