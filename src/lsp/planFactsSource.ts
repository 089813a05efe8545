import path from 'node:path';
import { bundledSpeech } from '../dataset/bundledSpeech.ts';
import { bundledDataset } from '../planfile/bundledDataset.ts';
import { DatasetFacts } from './datasetFacts.ts';
import type { PlanDocument } from './plan/planDocument.ts';
import type { DatasetFact, KnownEndpoint, PlanFacts } from './plan/planFacts.ts';
import { PlanResults } from './planResults.ts';

/** Finds out what is known beyond the texts of plans. */
export class PlanFactsSource {
  readonly #datasets = new DatasetFacts();
  readonly #results = new PlanResults();
  /** The endpoints that are configured for a plan, by its address. */
  readonly endpoints: (uri: string) => Promise<KnownEndpoint[]>;

  constructor(endpoints: (uri: string) => Promise<KnownEndpoint[]>) {
    this.endpoints = endpoints;
  }

  /** @param folder absolute path of the plan's folder; null: no file is looked at */
  async of(document: PlanDocument, uri: string, folder: string | null): Promise<PlanFacts> {
    const [endpoints, datasets, results] = await Promise.all([
      this.endpoints(uri),
      folder === null ? new Map<string, DatasetFact>() : this.#datasetsOf(document, folder),
      folder === null || !document.plan ? [] : this.#results.of(document.plan, folder),
    ]);
    return { endpoints, datasets, results };
  }

  /** Files have changed. */
  forget(): void {
    this.#datasets.forget();
  }

  async #datasetsOf(
    { datasets }: PlanDocument,
    folder: string,
  ): Promise<ReadonlyMap<string, DatasetFact>> {
    const places = [...new Set(datasets.map(({ path: { value } }) => value))];
    const facts = places
      .filter((place) => place.trim() !== '')
      .map(async (place): Promise<[string, DatasetFact]> => {
        return [place, await this.#datasets.of(datasetPlace(place, folder))];
      });
    return new Map(await Promise.all(facts));
  }
}

/** The absolute path that a plan's dataset stands for. */
export function datasetPlace(written: string, folder: string): string {
  return written === bundledDataset ? bundledSpeech() : path.resolve(folder, written);
}
