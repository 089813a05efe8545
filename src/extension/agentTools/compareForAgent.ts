import path from 'node:path';
import * as vscode from 'vscode';
import type { RunPlace } from '../../agenttools/agentWorkspace.ts';
import { BenchError } from '../../common/benchError.ts';
import { CompareReaderThread } from '../compareEditor/compareReaderThread.ts';
import { noiseSetting } from '../compareEditor/noiseSetting.ts';
import { runSource } from '../compareEditor/runSource.ts';

/**
 * Compares runs on a thread of their own, as the compare editor does.
 * Throws a BenchError where they cannot be compared, or when it was stopped.
 */
export async function compareForAgent(
  extensionPath: string,
  places: readonly RunPlace[],
  signal: AbortSignal,
): Promise<string> {
  const thread = new CompareReaderThread(path.join(extensionPath, 'dist', 'compareReader.js'));
  const stop = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const abort = (): void => {
    Atomics.store(stop, 0, 1);
  };
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    const uris = places.map(({ uri }) => vscode.Uri.parse(uri, true));
    const sources = await Promise.all(uris.map(runSource));
    const noise = await noiseSetting();
    const answer = await thread.ask({ type: 'compare', sources, noise, stop });
    if (answer === null) throw new BenchError('cancelled', 'The comparison was stopped.');
    const text = await thread.ask({ type: 'export', format: 'agent' });
    const problems = [answer.problem, ...answer.sources.map(({ problem }) => problem)];
    const said = [...new Set(problems.filter((problem) => problem !== null))].join(' ');
    if (text === null) throw new BenchError('not_comparable', said);
    return said === '' ? text : `Left out: ${said}\n${text}`;
  } finally {
    signal.removeEventListener('abort', abort);
    thread.dispose();
  }
}
