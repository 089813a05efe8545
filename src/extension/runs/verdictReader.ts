import path from 'node:path';
import * as vscode from 'vscode';
import type { RunVerdict } from '../compareEditor/compareReaderMessages.ts';
import { CompareReaderThread } from '../compareEditor/compareReaderThread.ts';
import { runSource } from '../compareEditor/runSource.ts';
import type { VerdictPair, VerdictSource } from './verdictQueue.ts';

/** Compares files on a thread, which is there only while there is something to do. */
export class VerdictReader implements VerdictSource {
  readonly #thread: CompareReaderThread;

  /** @param extensionPath folder of the extension */
  constructor(extensionPath: string) {
    this.#thread = new CompareReaderThread(path.join(extensionPath, 'dist', 'compareReader.js'));
  }

  async versionOf(key: string): Promise<string> {
    const { mtime, size } = await vscode.workspace.fs.stat(vscode.Uri.parse(key, true));
    return `${mtime}-${size}`;
  }

  async judge({ baseline, run }: VerdictPair): Promise<RunVerdict> {
    return this.#thread.ask({
      type: 'verdict',
      baseline: await runSource(vscode.Uri.parse(baseline, true)),
      candidate: await runSource(vscode.Uri.parse(run, true)),
    });
  }

  rest(): void {
    this.#thread.dispose();
  }
}
