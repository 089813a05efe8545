import { groupBy } from '../../metrics/groupBy.ts';
import type { ListedHeadline } from '../../runlist/listedHeadline.ts';
import { newestFirst } from './newestFirst.ts';

/** A file that was found, and what it is. */
export interface ListedRun<Place> {
  place: Place;
  /** Unique, for example the file's URI. */
  key: string;
  content: ListedHeadline;
}

export type ReadableRun<Place> = ListedRun<Place> & { content: { kind: 'run' } };

export type RunEntry<Place> =
  | { kind: 'group'; planKey: string; runs: ReadableRun<Place>[] }
  | { kind: 'run'; run: ReadableRun<Place> }
  | { kind: 'broken'; run: ListedRun<Place>; reason: string };

/**
 * Runs of the same endpoints and dataset as a group, newest first, groups by their newest run.
 * A run without siblings stands alone. Broken files come last.
 */
export function groupRuns<Place>(listed: readonly ListedRun<Place>[]): RunEntry<Place>[] {
  const readable = newestFirst(listed);
  const groups = groupBy(readable, ({ content }) => content.headline.planKey);
  const entries = [...groups].map(([planKey, runs]): RunEntry<Place> =>
    runs.length === 1 ? { kind: 'run', run: runs[0]! } : { kind: 'group', planKey, runs },
  );
  const broken = listed
    .flatMap((run): RunEntry<Place>[] =>
      run.content.kind === 'broken' ? [{ kind: 'broken', run, reason: run.content.reason }] : [],
    )
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  return [...entries, ...broken];
}

function keyOf<Place>(entry: RunEntry<Place>): string {
  return entry.kind === 'group' ? entry.planKey : entry.run.key;
}
