import path from 'node:path';
import * as vscode from 'vscode';
import type { RunVerdict } from '../compareEditor/compareReaderMessages.ts';
import { CompareReaderThread } from '../compareEditor/compareReaderThread.ts';
import { noiseSetting } from '../compareEditor/noiseSetting.ts';
import { runSource } from '../compareEditor/runSource.ts';
import type { VerdictPair, VerdictSource } from './verdictQueue.ts';

/** Compares files on a thread, which is there only while there is something to do. */
export class VerdictReader implements VerdictSource {
  readonly #thread: CompareReaderThread;

  /** @param extensionPath folder of the extension */
  constructor(extensionPath: string) {
    this.#thread = new CompareReaderThread(path.join(extensionPath, 'dist', 'compareReader.js'));
  }

  async versionOf({ baseline, run }: VerdictPair): Promise<string> {
    const files = await Promise.all([baseline, run].map(fileVersion));
    return JSON.stringify([...files, await noiseSetting()]);
  }

  async judge({ baseline, run }: VerdictPair): Promise<RunVerdict> {
    return this.#thread.ask({
      type: 'verdict',
      baseline: await runSource(vscode.Uri.parse(baseline, true)),
      candidate: await runSource(vscode.Uri.parse(run, true)),
      noise: await noiseSetting(),
    });
  }

  rest(): void {
    this.#thread.dispose();
  }
}

async function fileVersion(key: string): Promise<string> {
  const { mtime, size } = await vscode.workspace.fs.stat(vscode.Uri.parse(key, true));
  return `${mtime}-${size}`;
}
