import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { groupBy } from '../metrics/groupBy.ts';
import { planSchema } from '../plan/plan.ts';
import { seriesPlaceSchema } from '../plan/series.ts';
import { decidingRun, type SeriesRun } from '../series/seriesRuns.ts';
import type { PlanFile } from '../planfile/planFileSchema.ts';
import { runTitles } from '../planfile/runTitles.ts';
import { runFileEnding } from '../runfile/runFileEnding.ts';
import { RunHeadText } from '../runlist/runHeadText.ts';
import { summarySchema } from '../runfile/summarySchema.ts';
import type { PlanResult } from './plan/planFacts.ts';

/** The newest files of a folder that are looked into. */
const mostFiles = 200;

const head = z.object({
  run: z.object({
    title: z.string(),
    startedAt: z.string(),
    partialBecause: z.string().nullable(),
    series: seriesPlaceSchema.optional(),
  }),
  plan: z.unknown(),
  summary: z.array(summarySchema),
});

/** A saved run as a result, with its series where it is part of one. */
interface SavedRun {
  result: PlanResult;
  series: SeriesRun | null;
}

interface Known {
  mtimeMs: number;
  saved: Promise<SavedRun | null>;
}

/** The saved runs of plans: those in a plan's folder that have its titles. */
export class PlanResults {
  readonly #known = new Map<string, Known>();

  /** @param folder absolute path of the folder that the plan lies in */
  async of(plan: PlanFile, folder: string): Promise<PlanResult[]> {
    const titles = new Set(runTitles(plan));
    const saved = await this.#read(path.resolve(folder, plan.outputFolder));
    const runs = saved.filter(({ series }) => series === null).map(({ result }) => result);
    return [...runs, ...seriesResults(saved)]
      .filter(({ title }) => titles.has(title))
      .sort((one, other) => other.startedAtMs - one.startedAtMs);
  }

  async #read(folder: string): Promise<SavedRun[]> {
    const names = await readdir(folder).catch(() => []);
    const files = names
      .filter((name) => name.endsWith(runFileEnding))
      .map((name) => path.join(folder, name));
    const found = await Promise.all(files.map(async (file) => ({ file, ...(await timeOf(file)) })));
    found.sort((one, other) => other.mtimeMs - one.mtimeMs);
    const saved = await Promise.all(
      found.slice(0, mostFiles).map(({ file, mtimeMs }) => this.#savedRun(file, mtimeMs)),
    );
    return saved.filter((run) => run !== null);
  }

  #savedRun(file: string, mtimeMs: number): Promise<SavedRun | null> {
    const known = this.#known.get(file);
    if (known?.mtimeMs === mtimeMs) return known.saved;
    const saved = readSaved(file);
    this.#known.set(file, { mtimeMs, saved });
    return saved;
  }
}

async function timeOf(file: string): Promise<{ mtimeMs: number }> {
  return await stat(file).catch(() => ({ mtimeMs: 0 }));
}

/** Each series once for each endpoint; not those of which a run is missing. */
function seriesResults(saved: readonly SavedRun[]): PlanResult[] {
  const runs = saved.flatMap(({ result, series }) => (series ? [{ ...series, result }] : []));
  const groups = groupBy(runs, ({ place, summary }) =>
    JSON.stringify([place.id, summary.endpoint]),
  );
  return Array.from(groups.values(), decidingRun).flatMap((deciding) => {
    if (!deciding) return [];
    const { place, summary, result } = deciding;
    return [{ ...result, title: place.title, seriesOf: summary.endpoint }];
  });
}

/** Null where the file is no run: others say so. */
async function readSaved(file: string): Promise<SavedRun | null> {
  try {
    const text = new RunHeadText();
    const stream = createReadStream(file, { encoding: 'utf8' });
    for await (const part of stream as AsyncIterable<string>) {
      if (text.push(part)) break;
    }
    return savedRun(file, head.parse(text.finish()));
  } catch {
    return null;
  }
}

function savedRun(file: string, { run, plan, summary }: z.infer<typeof head>): SavedRun | null {
  const startedAtMs = Date.parse(run.startedAt);
  if (Number.isNaN(startedAtMs)) return null;
  const result = { file, title: run.title, seriesOf: null, startedAtMs, summary };
  const { series: place, partialBecause } = run;
  if (!place) return { result, series: null };
  const [own] = summary;
  if (!own || partialBecause !== null) return null;
  return { result, series: { place, plan: planSchema.parse(plan), summary: own } };
}
