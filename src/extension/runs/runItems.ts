import type { ListedRun, ReadableRun } from './groupRuns.ts';
import { newestFirst } from './newestFirst.ts';
import { presentRun } from './presentRun.ts';

/** A run as one of several to choose from. */
export interface RunItem<Place> {
  label: string;
  description: string;
  value: Place;
}

/** The readable runs to choose from, the newest first. */
export function runItems<Place>(listed: readonly ListedRun<Place>[]): RunItem<Place>[] {
  return newestFirst(listed).map(runItem);
}

export function runItem<Place>({ place, content }: ReadableRun<Place>): RunItem<Place> {
  const { label, description, icon } = presentRun(content.headline, Date.now());
  return { label: `$(${icon.id}) ${label}`, description, value: place };
}
