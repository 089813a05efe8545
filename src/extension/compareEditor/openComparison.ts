import path from 'node:path';
import * as vscode from 'vscode';
import { BenchError } from '../../common/benchError.ts';
import { runFileEnding } from '../../runfile/runFileEnding.ts';
import type { RunIndex } from '../runs/runIndex.ts';
import { compareUri, compareViewType, mostRuns, type NamedRun } from './compareUri.ts';

/**
 * Opens runs beside each other in the compare editor.
 *
 * @param runs the baseline first; each counts once
 * @returns the address of the comparison
 * @throws BenchError for fewer than two runs, and for too many
 */
export async function openComparison(
  index: RunIndex,
  runs: readonly vscode.Uri[],
): Promise<vscode.Uri> {
  const unique = [...new Map(runs.map((uri) => [uri.toString(), uri])).values()];
  if (unique.length < 2) {
    throw new BenchError('too_few_runs', 'A comparison needs two different runs. Select another.');
  }
  if (unique.length > mostRuns) {
    const text = `A comparison can hold ${mostRuns} runs, not ${unique.length}. Select fewer.`;
    throw new BenchError('too_many_runs', text);
  }
  const uri = compareUri(await named(index, unique));
  await vscode.commands.executeCommand('vscode.openWith', uri, compareViewType);
  return uri;
}

/** With the titles of the runs where they are known, else the names of their files. */
async function named(index: RunIndex, runs: readonly vscode.Uri[]): Promise<NamedRun[]> {
  const listed = new Map((await index.list()).map(({ key, content }) => [key, content]));
  return runs.map((uri) => {
    const content = listed.get(uri.toString());
    const file = path.posix.basename(uri.path, runFileEnding);
    const title = content?.kind === 'run' ? content.headline.title : file;
    // From version control: the same file, another version.
    return { uri, title: uri.scheme === 'file' ? title : `${file} (${uri.scheme})` };
  });
}
