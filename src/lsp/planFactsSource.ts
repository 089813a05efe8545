import path from 'node:path';
import { bundledSpeech } from '../dataset/bundledSpeech.ts';
import { bundledDataset } from '../planfile/bundledDataset.ts';
import { datasetFact } from './datasetFact.ts';
import { FileFacts } from './fileFacts.ts';
import type { PlanDocument } from './plan/planDocument.ts';
import type { DatasetFact, KnownEndpoint, PlanFacts, RecordingFact } from './plan/planFacts.ts';
import { PlanResults } from './planResults.ts';
import { recordingFact } from './recordingFact.ts';

/** Finds out what is known beyond the texts of plans. */
export class PlanFactsSource {
  readonly #datasets = new FileFacts(datasetFact);
  readonly #recordings = new FileFacts(recordingFact);
  readonly #results = new PlanResults();
  /** The endpoints that are configured for a plan, by its address. */
  readonly endpoints: (uri: string) => Promise<KnownEndpoint[]>;

  constructor(endpoints: (uri: string) => Promise<KnownEndpoint[]>) {
    this.endpoints = endpoints;
  }

  /** @param folder absolute path of the plan's folder; null: no file is looked at */
  async of(document: PlanDocument, uri: string, folder: string | null): Promise<PlanFacts> {
    const [endpoints, datasets, recordings, results] = await Promise.all([
      this.endpoints(uri),
      folder === null ? new Map<string, DatasetFact>() : this.#datasetsOf(document, folder),
      folder === null ? new Map<string, RecordingFact>() : this.#recordingsOf(document, folder),
      folder === null || !document.plan ? [] : this.#results.of(document.plan, folder),
    ]);
    return { endpoints, datasets, recordings, results };
  }

  /** Files have changed. */
  forget(): void {
    this.#datasets.forget();
    this.#recordings.forget();
  }

  #datasetsOf({ datasets }: PlanDocument, folder: string): Promise<Map<string, DatasetFact>> {
    const written = datasets.map(({ path: { value } }) => value);
    return factsOf(written, (place) => this.#datasets.of(datasetPlace(place, folder)));
  }

  #recordingsOf({ recordings }: PlanDocument, folder: string): Promise<Map<string, RecordingFact>> {
    const written = recordings.map(({ value }) => value);
    return factsOf(written, (place) => this.#recordings.of(path.resolve(folder, place)));
  }
}

async function factsOf<Fact>(
  written: readonly string[],
  factOf: (place: string) => Promise<Fact>,
): Promise<Map<string, Fact>> {
  const places = [...new Set(written)].filter((place) => place.trim() !== '');
  const facts = places.map(async (place): Promise<[string, Fact]> => [place, await factOf(place)]);
  return new Map(await Promise.all(facts));
}

/** The absolute path that a plan's dataset stands for. */
export function datasetPlace(written: string, folder: string): string {
  return written === bundledDataset ? bundledSpeech() : path.resolve(folder, written);
}
