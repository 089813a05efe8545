import path from 'node:path';
import { exactLoadText, loadText } from '../plan/loadText.ts';
import { bundledDataset } from './bundledDataset.ts';
import type { PlanFile } from './planFileSchema.ts';

/**
 * What the runs of a plan file are called, each in its own way, in the order in which they are made:
 * for each dataset under each profile. Saved runs are known by their title.
 */
export function runTitles({ name, datasets, profiles }: PlanFile): string[] {
  if (datasets.length * profiles.length === 1) return [name];
  const loads = distinctNames(profiles.map(loadNames));
  return distinctNames(datasets.map(datasetNames)).flatMap((dataset) =>
    loads.map((load) => [name, dataset, load].join(', ')),
  );
}

/** From the shortest to the most exact. */
function datasetNames(written: PlanFile['datasets'][number]): string[] {
  const { path: place, limit } =
    typeof written === 'string' ? { path: written, limit: null } : written;
  const names = place === bundledDataset ? ['speech', 'bundled speech'] : pathEnds(place);
  return limit === null ? names : [...names, `${names.at(-1)!}, first ${limit}`];
}

/** `manifest`, `en/manifest` and so on, then the same with the ending of the file. */
function pathEnds(place: string): string[] {
  const { dir, name, base } = path.parse(path.resolve('/', place));
  const folders = dir.split(path.sep).filter(Boolean);
  const starts = [...folders.keys()].map((i) => `${folders.slice(i).join('/')}/`).reverse();
  return [name, base].flatMap((last) => ['', ...starts].map((start) => start + last));
}

/** From the shortest to the most exact. */
function loadNames(profile: PlanFile['profiles'][number]): string[] {
  return [loadText(profile), exactLoadText(profile)];
}

/** For each thing its first name that no other has; what is the same in everything is counted. */
function distinctNames(things: readonly (readonly string[])[]): string[] {
  const seen = new Map<string, number>();
  return things.map((names, at) => {
    const others = new Set(things.flatMap((other, i) => (i === at ? [] : other)));
    const name = names.find((candidate) => !others.has(candidate)) ?? names.at(-1)!;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}
