import * as vscode from 'vscode';
import type { Plan } from '../../plan/plan.ts';
import type { TracePiece } from '../../runner/liveTrace.ts';

interface LiveRunFacts {
  title: string;
  plan: Plan;
  /** Absolute path of the run file, which is there when the run has ended. */
  file: string;
}

/** A run that goes on, for those who want to watch its sessions. */
export class LiveRun {
  readonly title: string;
  readonly plan: Plan;
  /** Of its run file. Another one where the name is taken, which is known before the first piece. */
  uri: vscode.Uri;
  readonly #pieces = new vscode.EventEmitter<TracePiece>();
  readonly #watched = new vscode.EventEmitter<boolean>();
  readonly #ended = new vscode.EventEmitter<string | null>();
  readonly onPiece = this.#pieces.event;
  /** Fires when somebody begins to watch, who wants all from the beginning, and when nobody does. */
  readonly onWatch = this.#watched.event;
  /**
   * Fires once: with null where its run file is there, and else with the reason why nothing was
   * saved.
   */
  readonly onDidEnd = this.#ended.event;
  #watchers = 0;

  constructor({ title, plan, file }: LiveRunFacts) {
    this.title = title;
    this.plan = plan;
    this.uri = vscode.Uri.file(file);
  }

  get isWatched(): boolean {
    return this.#watchers > 0;
  }

  /** Has traces reported until it is disposed. */
  watch(): vscode.Disposable {
    this.#watchers += 1;
    this.#watched.fire(true);
    let isWatching = true;
    return new vscode.Disposable(() => {
      if (!isWatching) return;
      isWatching = false;
      this.#watchers -= 1;
      if (this.#watchers === 0) this.#watched.fire(false);
    });
  }

  report(piece: TracePiece): void {
    this.#pieces.fire(piece);
  }

  /** @param problem why its run file is not there; null where it is */
  end(problem: string | null): void {
    this.#ended.fire(problem);
    for (const emitter of [this.#pieces, this.#watched, this.#ended]) emitter.dispose();
  }
}

/** The run that goes on, of which there is one at most. */
export class LiveRuns implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  /** A run has begun or ended. */
  readonly onDidChange = this.#changed.event;
  #current: LiveRun | null = null;

  /** Null where none does. */
  get current(): LiveRun | null {
    return this.#current;
  }

  /** To be told when it has ended. */
  begin(facts: LiveRunFacts): LiveRun {
    const run = new LiveRun(facts);
    this.#current = run;
    run.onDidEnd(() => {
      if (this.#current !== run) return;
      this.#current = null;
      this.#changed.fire();
    });
    this.#changed.fire();
    return run;
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
