import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import type { PlanFile } from '../planfile/planFileSchema.ts';
import { runTitles } from '../planfile/runTitles.ts';
import { runFileEnding } from '../runfile/runFileEnding.ts';
import { RunHeadText } from '../runlist/runHeadText.ts';
import { summarySchema } from '../runfile/summarySchema.ts';
import type { PlanResult } from './plan/planFacts.ts';

/** The newest files of a folder that are looked into. */
const mostFiles = 200;

const head = z.object({
  run: z.object({ title: z.string(), startedAt: z.string() }),
  summary: z.array(summarySchema),
});

interface Known {
  mtimeMs: number;
  result: Promise<PlanResult | null>;
}

/** The saved runs of plans: those in a plan's folder that have its titles. */
export class PlanResults {
  readonly #known = new Map<string, Known>();

  /** @param folder absolute path of the folder that the plan lies in */
  async of(plan: PlanFile, folder: string): Promise<PlanResult[]> {
    const titles = new Set(runTitles(plan));
    const results = await this.#read(path.resolve(folder, plan.outputFolder));
    return results
      .filter(({ title }) => titles.has(title))
      .sort((one, other) => other.startedAtMs - one.startedAtMs);
  }

  async #read(folder: string): Promise<PlanResult[]> {
    const names = await readdir(folder).catch(() => []);
    const files = names
      .filter((name) => name.endsWith(runFileEnding))
      .map((name) => path.join(folder, name));
    const found = await Promise.all(files.map(async (file) => ({ file, ...(await timeOf(file)) })));
    found.sort((one, other) => other.mtimeMs - one.mtimeMs);
    const results = await Promise.all(
      found.slice(0, mostFiles).map(({ file, mtimeMs }) => this.#resultOf(file, mtimeMs)),
    );
    return results.filter((result) => result !== null);
  }

  #resultOf(file: string, mtimeMs: number): Promise<PlanResult | null> {
    const known = this.#known.get(file);
    if (known?.mtimeMs === mtimeMs) return known.result;
    const result = readResult(file);
    this.#known.set(file, { mtimeMs, result });
    return result;
  }
}

async function timeOf(file: string): Promise<{ mtimeMs: number }> {
  return await stat(file).catch(() => ({ mtimeMs: 0 }));
}

/** Null where the file is no run: others say so. */
async function readResult(file: string): Promise<PlanResult | null> {
  try {
    const text = new RunHeadText();
    const stream = createReadStream(file, { encoding: 'utf8' });
    for await (const part of stream as AsyncIterable<string>) {
      if (text.push(part)) break;
    }
    const { run, summary } = head.parse(text.finish());
    const startedAtMs = Date.parse(run.startedAt);
    return Number.isNaN(startedAtMs) ? null : { file, title: run.title, startedAtMs, summary };
  } catch {
    return null;
  }
}
