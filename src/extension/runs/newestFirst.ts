import type { ListedRun, ReadableRun } from './groupRuns.ts';

/** The readable runs, the newest first. */
export function newestFirst<Place>(listed: readonly ListedRun<Place>[]): ReadableRun<Place>[] {
  return listed.filter(isReadable).sort(byAge);
}

function isReadable<Place>(run: ListedRun<Place>): run is ReadableRun<Place> {
  return run.content.kind === 'run';
}

/** Runs that started at once by their keys, so that the order stays. */
function byAge<Place>(a: ReadableRun<Place>, b: ReadableRun<Place>): number {
  const difference = b.content.headline.startedAtMs - a.content.headline.startedAtMs;
  if (difference !== 0) return difference;
  return a.key < b.key ? -1 : 1;
}
