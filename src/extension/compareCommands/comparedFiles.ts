import type { ListedRun, ReadableRun } from '../runs/groupRuns.ts';
import type { RunHeadline } from '../../runlist/headlineFigures.ts';
import { newestFirst } from '../runs/newestFirst.ts';

/** A file to compare, and what is known of it. */
export interface ComparedFile<Place> {
  place: Place;
  /** Epoch milliseconds; null where the file cannot be read. */
  startedAtMs: number | null;
  isStarred: boolean;
}

/**
 * The places in the order of a comparison: the starred one, which is the baseline, or else the
 * oldest, then by age. What cannot be read comes last: the comparison says so.
 */
export function baselineFirst<Place>(files: readonly ComparedFile<Place>[]): Place[] {
  const ageOf = ({ startedAtMs }: ComparedFile<Place>) => startedAtMs ?? Number.MAX_VALUE;
  return files
    .toSorted((a, b) => Number(b.isStarred) - Number(a.isStarred) || ageOf(a) - ageOf(b))
    .map(({ place }) => place);
}

/** The newest run of the same plan that is older. */
export function previousRun<Place>(
  { planKey, startedAtMs }: RunHeadline,
  listed: readonly ListedRun<Place>[],
): ReadableRun<Place> | undefined {
  return newestFirst(listed).find(({ content }) => {
    const { headline } = content;
    return headline.planKey === planKey && headline.startedAtMs < startedAtMs;
  });
}
