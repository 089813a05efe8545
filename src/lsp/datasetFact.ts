import { stat } from 'node:fs/promises';
import path from 'node:path';
import { readAudioHead } from '../audio/audioHead.ts';
import { errorText } from '../common/benchError.ts';
import { loadDataset } from '../dataset/loadDataset.ts';
import type { Dataset } from '../dataset/utterance.ts';
import type { AudioKind, DatasetFact } from './plan/planFacts.ts';

/** Audio files that are looked into: more say little more, and somebody types. */
const mostFilesLookedInto = 500;
const mostProblems = 3;
/** What is at a dataset's place, an absolute path. */
export async function datasetFact(file: string): Promise<DatasetFact> {
  try {
    return await amountOf(await loadDataset(file));
  } catch (error) {
    return { kind: 'unusable', reason: errorText(error) };
  }
}

async function amountOf(dataset: Dataset): Promise<DatasetFact> {
  const { utterances, problems } = dataset;
  const files = utterances.slice(0, mostFilesLookedInto);
  const kinds = new Map<string, AudioKind>();
  let durationMs = files.length === utterances.length ? 0 : NaN;
  for (const { audioPath, declaredDurationMs } of files) {
    const head = await readAudioHead(audioPath);
    durationMs += head?.durationMs ?? declaredDurationMs ?? NaN;
    if (head) count(kinds, head.format, head.sampleRateHz, head.channels);
  }
  return {
    kind: 'usable',
    file: await fileToOpen(dataset),
    utterances: utterances.length,
    withReference: utterances.filter(({ reference }) => reference !== null).length,
    withWordTimes: utterances.filter(({ words }) => words !== null).length,
    problems: problems.slice(0, mostProblems).map(({ file, line, message }) => {
      const place = path.basename(file);
      return `${line === null ? place : `${place}:${line}`}: ${message}`;
    }),
    problemCount: problems.length,
    formats: [...kinds.values()],
    durationMs: Number.isNaN(durationMs) ? null : durationMs,
  };
}

function count(
  kinds: Map<string, AudioKind>,
  format: string,
  sampleRateHz: number | null,
  channels: number | null,
): void {
  if (sampleRateHz === null || channels === null) return;
  const key = `${format} ${sampleRateHz} ${channels}`;
  const kind = kinds.get(key) ?? { format, sampleRateHz, channels, files: 0 };
  kind.files += 1;
  kinds.set(key, kind);
}

/** An editor opens files, not folders. */
async function fileToOpen({ path: place, utterances }: Dataset): Promise<string> {
  const found = await stat(place);
  if (!found.isDirectory()) return place;
  for (const name of ['manifest.jsonl', 'manifest.json', 'manifest.csv', 'manifest.tsv']) {
    const manifest = path.join(place, name);
    if (await stat(manifest).catch(() => null)) return manifest;
  }
  return utterances[0]?.audioPath ?? place;
}
