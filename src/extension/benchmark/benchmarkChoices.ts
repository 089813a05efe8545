import * as z from 'zod';

/** Stands for the speech that comes with RTBench, whose path changes with every update. */
export const bundledDataset = 'bundled';

const mostRecentDatasets = 5;

const choicesSchema = z.object({
  endpoints: z.array(z.string()),
  dataset: z.string(),
  profileId: z.string(),
  recentDatasets: z.array(z.string()),
});

/** What was chosen last time. Endpoints by name, datasets by path or {@link bundledDataset}. */
export type BenchmarkChoices = z.infer<typeof choicesSchema>;

const firstChoices: BenchmarkChoices = {
  endpoints: [],
  dataset: bundledDataset,
  profileId: '',
  recentDatasets: [],
};

/** What was kept, or the first choices where nothing or something else was. */
export function readChoices(stored: unknown): BenchmarkChoices {
  const parsed = choicesSchema.safeParse(stored);
  return parsed.success ? parsed.data : firstChoices;
}

/** What to keep after a choice: its dataset becomes the most recent one. */
export function keepChoice(
  before: BenchmarkChoices,
  chosen: Omit<BenchmarkChoices, 'recentDatasets'>,
): BenchmarkChoices {
  const others = before.recentDatasets.filter((path) => path !== chosen.dataset);
  const isBundled = chosen.dataset === bundledDataset;
  const recentDatasets = isBundled ? others : [chosen.dataset, ...others];
  return { ...chosen, recentDatasets: recentDatasets.slice(0, mostRecentDatasets) };
}
