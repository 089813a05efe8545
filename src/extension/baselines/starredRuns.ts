import type { ListedRun, ReadableRun } from '../runs/groupRuns.ts';

/** A run that the user starred, as it was when it was starred. */
export interface Star {
  runId: string;
  /** Of its file, which may have been moved since. */
  key: string;
  planKey: string;
}

/** The starred run of each plan, among the runs that there are. */
export function starredRuns<Place>(
  stars: readonly Star[],
  listed: readonly ListedRun<Place>[],
): Map<string, ReadableRun<Place>> {
  const found = stars.flatMap((star) => starredRun(star, listed) ?? []);
  return new Map(found.map((run) => [run.content.headline.planKey, run]));
}

/** The stars after `run` was starred, or its star was taken away. A plan has one star. */
export function toggledStars<Place>(
  stars: readonly Star[],
  run: ReadableRun<Place>,
  listed: readonly ListedRun<Place>[],
): Star[] {
  const { planKey, runId } = run.content.headline;
  const others = stars.filter((star) => {
    const starred = starredRun(star, listed);
    return (starred?.content.headline.planKey ?? star.planKey) !== planKey;
  });
  const wasStarred = starredRuns(stars, listed).get(planKey)?.key === run.key;
  return wasStarred ? others : [...others, { runId, key: run.key, planKey }];
}

/** A copy of a file has the same run: then the place decides, until the file is gone from there. */
function starredRun<Place>(
  { runId, key }: Star,
  listed: readonly ListedRun<Place>[],
): ReadableRun<Place> | undefined {
  const same = listed.filter((run): run is ReadableRun<Place> => {
    return run.content.kind === 'run' && run.content.headline.runId === runId;
  });
  return same.find((run) => run.key === key) ?? same[0];
}
