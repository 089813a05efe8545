import { loadText } from './loadText.ts';
import type { SeriesPlace } from './series.ts';

/** Which run of which series, for example `Nightly: capacity up to 64 at once, run 3`. */
export function seriesText({ title, profile, step }: SeriesPlace): string {
  return `${title}: ${loadText(profile)}, run ${step + 1}`;
}
