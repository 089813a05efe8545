import path from 'node:path';
import * as vscode from 'vscode';
import type { RunPlace } from '../../agenttools/agentWorkspace.ts';
import type { ComparedFile } from '../../agenttools/comparisonMessages.ts';
import { compareOnThread } from '../../agenttools/comparisonThread.ts';
import { BenchError } from '../../common/benchError.ts';
import { noiseSetting } from '../compareEditor/noiseSetting.ts';
import { runSource } from '../compareEditor/runSource.ts';

/** Compares runs. Throws a BenchError where they cannot be compared, or when it was stopped. */
export async function compareForAgent(
  extensionPath: string,
  places: readonly RunPlace[],
  signal: AbortSignal,
): Promise<string> {
  const files = await Promise.all(places.map(comparedFile));
  const task = { files, noise: await noiseSetting() };
  return compareOnThread(path.join(extensionPath, 'dist', 'comparisonWorker.js'), task, signal);
}

/** Runs of Git, for example, are on no disk. */
async function comparedFile({ uri }: RunPlace): Promise<ComparedFile> {
  const { label, file, bytes, problem } = await runSource(vscode.Uri.parse(uri, true));
  if (problem !== null) throw new BenchError('not_readable', problem);
  return { label, file, bytes };
}
