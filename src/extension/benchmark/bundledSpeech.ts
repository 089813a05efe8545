import path from 'node:path';
import * as vscode from 'vscode';
import { bundledDataset } from './benchmarkChoices.ts';

/** The speech that comes with this version of RTBench. */
export function bundledSpeech({ extensionPath }: vscode.ExtensionContext): string {
  return path.join(extensionPath, 'samples', 'speech');
}

/** The path of a dataset as it is remembered. */
export function datasetPath(context: vscode.ExtensionContext, remembered: string): string {
  return remembered === bundledDataset ? bundledSpeech(context) : remembered;
}

/**
 * The path of a saved run's dataset today. The speech that came with another version of RTBench is
 * replaced by this version's; everything else stays what it is.
 */
export async function presentDataset(
  context: vscode.ExtensionContext,
  saved: string,
): Promise<string> {
  if (!/[\\/]samples[\\/]speech$/.test(saved)) return saved;
  const there = await vscode.workspace.fs.stat(vscode.Uri.file(saved)).then(
    () => true,
    () => false,
  );
  return there ? saved : bundledSpeech(context);
}
