import type { ReadableRun } from './groupRuns.ts';

/** What can be done with a run, by what its plan has. */
export interface RunRelations<Place> {
  isStarred: boolean;
  /** The starred run, where it is another one. */
  baseline: Place | null;
  hasPrevious: boolean;
  /** Than the baseline: to be judged. */
  isNewer: boolean;
}

/**
 * How a run relates to the others of its plan.
 *
 * @param siblings all runs of the plan, the newest first
 */
export function relationsOf<Place>(
  { key, content }: ReadableRun<Place>,
  siblings: readonly ReadableRun<Place>[],
  star: ReadableRun<Place> | undefined,
): RunRelations<Place> {
  const { startedAtMs } = content.headline;
  const isNewerThan = (other: ReadableRun<Place> | undefined) =>
    other !== undefined && other.content.headline.startedAtMs < startedAtMs;
  const isStarred = star?.key === key;
  return {
    isStarred,
    baseline: star === undefined || isStarred ? null : star.place,
    hasPrevious: isNewerThan(siblings.at(-1)),
    isNewer: !isStarred && isNewerThan(star),
  };
}
