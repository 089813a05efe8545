import * as vscode from 'vscode';
import { BenchError } from '../../common/benchError.ts';
import type { ListedRun, ReadableRun } from '../runs/groupRuns.ts';
import { starredRuns, toggledStars } from './starredRuns.ts';
import type { Memory, StarStore } from './starStore.ts';

interface Runs {
  list(): Promise<ListedRun<vscode.Uri>[]>;
}

/** The run of each plan that the user has starred, to compare the others with. */
export class Baselines implements vscode.Disposable {
  readonly #memory: Memory;
  readonly #runs: Runs;
  readonly #changed = new vscode.EventEmitter<void>();
  /** A star was set or taken away. */
  readonly onDidChange = this.#changed.event;

  constructor(memory: Memory, runs: Runs) {
    this.#memory = memory;
    this.#runs = runs;
  }

  /** The starred runs that there are, by the key of their plan. */
  async all(): Promise<Map<string, ReadableRun<vscode.Uri>>> {
    const { stars } = await this.#store();
    // Looking for runs takes time that one without stars need not spend.
    return stars.length === 0 ? new Map() : starredRuns(stars, await this.#runs.list());
  }

  /** The starred run of a plan; undefined where there is none, or its file is gone. */
  async baselineOf(planKey: string): Promise<ReadableRun<vscode.Uri> | undefined> {
    return (await this.all()).get(planKey);
  }

  async isBaseline(uri: vscode.Uri): Promise<boolean> {
    const key = uri.toString();
    return [...(await this.all()).values()].some((run) => run.key === key);
  }

  /**
   * Stars a run in place of the one that its plan had, or takes its star away.
   * @throws BenchError where the workspace does not hold the run.
   */
  async toggle(uri: vscode.Uri): Promise<void> {
    const listed = await this.#runs.list();
    const run = listed.find(({ key }) => key === uri.toString());
    if (run?.content.kind !== 'run') {
      throw new BenchError(
        'not_listed',
        'Only the runs in the Runs view can be baselines. Open the folder of this one to star it.',
      );
    }
    const store = await this.#store();
    await store.keep(toggledStars(store.stars, { ...run, content: run.content }, listed));
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  /** Loaded only when needed: it brings a schema that activation need not wait for. */
  async #store(): Promise<StarStore> {
    const { StarStore } = await import('./starStore.ts');
    return new StarStore(this.#memory);
  }
}
