import * as vscode from 'vscode';
import type { TracePiece } from '../../runner/liveTrace.ts';
import type { LiveRun } from '../benchmark/liveRuns.ts';
import { LiveLaneSet } from './liveLaneSet.ts';

interface WatchedRunListener {
  /** @param isOther whether other lanes are to be shown now */
  grew: (piece: TracePiece, isOther: boolean) => void;
  /** @param problem why nothing is saved of it; null where something is */
  ended: (problem: string | null) => void;
}

/** A run that goes on and what a timeline shows of it. */
export class WatchedRun implements vscode.Disposable {
  readonly run: LiveRun;
  readonly lanes = new LiveLaneSet();
  readonly #subscriptions: vscode.Disposable;
  /** Null while the page is hidden. */
  #watching: vscode.Disposable | null = null;

  constructor(run: LiveRun, { grew, ended }: WatchedRunListener) {
    this.run = run;
    this.#subscriptions = vscode.Disposable.from(
      run.onPiece((piece) => {
        if (this.lanes.isRemoved(piece)) return;
        grew(piece, this.lanes.add(piece, run.uri.toString()));
      }),
      run.onDidEnd(ended),
    );
  }

  /** The page is there and knows nothing: the run tells all from the beginning. */
  show(): void {
    this.hide();
    this.#watching = this.run.watch();
  }

  hide(): void {
    this.#watching?.dispose();
    this.#watching = null;
  }

  dispose(): void {
    this.hide();
    this.#subscriptions.dispose();
  }
}
