import * as vscode from 'vscode';
import { errorText } from '../../common/benchError.ts';
import type { RunSource } from './compareReaderMessages.ts';

/** A run as the thread can read it: itself where it is on disk, else through VS Code. */
export async function runSource(uri: vscode.Uri): Promise<RunSource> {
  const label = vscode.workspace.asRelativePath(uri);
  const source = { uri: uri.toString(), file: uri.fsPath, label };
  if (uri.scheme === 'file') return { ...source, bytes: null, problem: null };
  try {
    return { ...source, bytes: await vscode.workspace.fs.readFile(uri), problem: null };
  } catch (error) {
    const problem = `${label} (${uri.scheme}) cannot be read: ${errorText(error)}`;
    return { ...source, bytes: null, problem };
  }
}
