import type { Services } from '../services.ts';
import type { DescribedDataset } from '../../runner/dryRun.ts';
import { askRunner } from './runnerProgram.ts';

/** Looks into datasets, each once, in the measuring process. */
export class DatasetAmounts {
  readonly #services: Services;
  readonly #known = new Map<string, Promise<DescribedDataset>>();

  constructor(services: Services) {
    this.#services = services;
  }

  /** Rejects with a RunnerError that says why it is no dataset. */
  of(dataset: string): Promise<DescribedDataset> {
    const known = this.#known.get(dataset);
    if (known) return known;
    const described = askRunner(this.#services, { type: 'describe', dataset });
    this.#known.set(dataset, described);
    return described;
  }

  /** Begins to look, so that the answer is there when it is asked for. */
  prepare(dataset: string): void {
    this.of(dataset).catch(() => {
      // Whoever asks for it hears of it.
    });
  }
}
