import type * as vscode from 'vscode';
import { errorText } from '../../common/benchError.ts';
import type { ToCompare } from '../../compareview/compareMessages.ts';
import type { CompareView } from '../../compareview/compareView.ts';
import type { CompareNews } from './compareReaderMessages.ts';
import type { CompareReaderThread } from './compareReaderThread.ts';
import { runSource } from './runSource.ts';
import { watchRuns } from './watchRuns.ts';

/** What a comparison needs of its surroundings. */
export interface CompareContext {
  thread: CompareReaderThread;
  /** Thresholds of the setting, by row key, in the metric's unit. */
  noise: () => Promise<Readonly<Record<string, number>>>;
  isStarred: (run: string) => Promise<boolean>;
  /** VS Code needs the document no longer. */
  onClose: () => void;
}

type AudioNews = Extract<CompareNews, { type: 'peaks' | 'audio' }>;

/** A page that shows the comparison. */
export interface ComparePage {
  post(message: ToCompare): void;
  /** What the thread tells of audio. */
  tell(news: AudioNews): void;
}

/** Runs that are compared, and all pages that show them. Follows the files. */
export class CompareDocument implements vscode.CustomDocument {
  readonly uri: vscode.Uri;
  /** The baseline first; empty where the address names none. */
  readonly runs: readonly vscode.Uri[];
  readonly thread: CompareReaderThread;
  readonly #context: CompareContext;
  readonly #pages = new Set<ComparePage>();
  readonly #watcher: vscode.Disposable;
  #view: CompareView | null = null;
  /** Those of the runs that are starred. */
  #starred: ReadonlySet<string> = new Set();
  #problem: string | null = null;
  #isOutdated = false;
  #progress: Extract<ToCompare, { type: 'progress' }> | null = null;
  /** Of the comparison that is being made. */
  #stop: Int32Array<SharedArrayBuffer> | null = null;
  #isClosed = false;

  constructor(uri: vscode.Uri, runs: readonly vscode.Uri[] | null, context: CompareContext) {
    this.uri = uri;
    this.runs = runs ?? [];
    this.thread = context.thread;
    this.#context = context;
    context.thread.onNews = (news) => {
      if (news.type === 'progress') this.#setProgress(news);
      else if (news.type === 'figuresDiffer') this.refresh();
      else for (const page of this.#pages) page.tell(news);
    };
    this.#watcher = watchRuns(this.runs, () => {
      this.refresh();
    });
    if (runs) this.refresh();
    else this.#problem = 'This tab does not say which runs to compare. Close it and compare anew.';
  }

  add(page: ComparePage): void {
    this.#pages.add(page);
  }

  remove(page: ComparePage): void {
    this.#pages.delete(page);
  }

  /** Tells a page all there is to show. */
  show(page: ComparePage): void {
    if (this.#problem !== null) page.post({ type: 'problem', message: this.#problem });
    else if (this.#view) {
      const runs = this.#view.runs.map((run) => ({
        ...run,
        isStarred: this.#starred.has(run.uri),
      }));
      const view = { ...this.#view, runs };
      page.post({ type: 'comparison', view, isOutdated: this.#isOutdated });
    }
    if (this.#progress) page.post(this.#progress);
  }

  /** What the runs of a pair are called; null where it is not shown. */
  lettersOf(pairKey: string): [a: string, b: string] | null {
    const pair = this.#view?.pairs.find(({ key }) => key === pairKey);
    return pair ? [pair.a.letter, pair.b.letter] : null;
  }

  /** Compares anew; what is shown stays until the result is there. */
  refresh(): void {
    if (this.#stop) Atomics.store(this.#stop, 0, 1);
    const stop = new Int32Array(new SharedArrayBuffer(4));
    this.#stop = stop;
    this.#compare(stop).catch((error: unknown) => {
      if (this.#isStale(stop)) return;
      this.#stop = null;
      this.#fail(`The runs could not be compared: ${errorText(error)}`);
    });
  }

  /** Says anew which runs are starred. */
  async showStars(): Promise<void> {
    this.#starred = await this.#starredRuns();
    this.#showAll();
  }

  /** VS Code closes it; {@link end} follows. */
  dispose(): void {
    this.#context.onClose();
  }

  end(): void {
    this.#isClosed = true;
    this.#watcher.dispose();
    this.thread.dispose();
  }

  async #compare(stop: Int32Array<SharedArrayBuffer>): Promise<void> {
    this.#isOutdated = this.#view !== null;
    this.#setProgress({ type: 'progress', label: 'Reading the runs…', share: null });
    if (this.#isOutdated) this.#showAll();
    const sources = await Promise.all(this.runs.map(runSource));
    const noise = await this.#context.noise();
    if (this.#isStale(stop)) return;
    const answer = await this.thread.ask({ type: 'compare', sources, noise, stop });
    const starred = await this.#starredRuns();
    if (this.#isStale(stop) || answer === null) return;
    this.#stop = null;
    this.#progress = null;
    this.#isOutdated = false;
    if (!answer.view) {
      const problems = answer.sources.flatMap((source) => source.problem ?? []);
      this.#fail(answer.problem ?? problems.join('\n'));
      return;
    }
    this.#problem = null;
    this.#view = answer.view;
    this.#starred = starred;
    this.#showAll();
  }

  /** Closed, or being compared anew. */
  #isStale(stop: Int32Array): boolean {
    return this.#isClosed || this.#stop !== stop;
  }

  async #starredRuns(): Promise<Set<string>> {
    const starred = await Promise.all(
      this.runs.map(async (uri) => {
        const run = uri.toString();
        return (await this.#context.isStarred(run)) ? [run] : [];
      }),
    );
    return new Set(starred.flat());
  }

  #fail(problem: string): void {
    this.#problem = problem;
    this.#progress = null;
    this.#showAll();
  }

  #setProgress(progress: Extract<ToCompare, { type: 'progress' }>): void {
    this.#progress = progress;
    for (const page of this.#pages) page.post(progress);
  }

  #showAll(): void {
    for (const page of this.#pages) this.show(page);
  }
}
