import { relativeTime } from '../runs/relativeTime.ts';
import type { ListedRun, ReadableRun } from '../runs/groupRuns.ts';
import { runItems, type RunItem } from '../runs/runItems.ts';

/** What a run can be compared with. */
export interface CompareWithChoices<Place> {
  previous: ReadableRun<Place> | undefined;
  baseline: ReadableRun<Place> | undefined;
  /** The file as it was committed last; null where it is the same, or not known. */
  head: Place | null;
  others: readonly ListedRun<Place>[];
}

/** The choices by sections; a null value stands for any other file. */
export interface CompareWithSection<Place> {
  title: string;
  items: RunItem<Place | null>[];
}

/** The choices that there are, the likeliest first. */
export function compareWithSections<Place>(
  { previous, baseline, head, others }: CompareWithChoices<Place>,
  nowMs: number,
): CompareWithSection<Place>[] {
  const likely = [
    ...(previous ? [named('$(history) Previous run', previous, nowMs)] : []),
    ...(baseline ? [named('$(star-full) Starred baseline', baseline, nowMs)] : []),
    ...(head === null
      ? []
      : [{ label: '$(git-commit) Git HEAD', description: 'As committed last', value: head }]),
  ];
  const browse = { label: '$(folder-opened) Browse…', description: '', value: null };
  const sections: CompareWithSection<Place>[] = [
    { title: 'of this run', items: likely },
    { title: 'runs of the workspace', items: runItems(others) },
    { title: 'elsewhere', items: [browse] },
  ];
  return sections.filter(({ items }) => items.length > 0);
}

function named<Place>(
  label: string,
  { place, content }: ReadableRun<Place>,
  nowMs: number,
): RunItem<Place> {
  const { title, startedAtMs } = content.headline;
  const time = new Date(startedAtMs).toLocaleString();
  return {
    label,
    description: `${title} · ${time} · ${relativeTime(startedAtMs, nowMs)}`,
    value: place,
  };
}
