import path from 'node:path';
import * as vscode from 'vscode';
import { planFileEnding } from '../../planfile/planFileEnding.ts';

/** What lists call a plan, and the folder beside it; empty for one that lies at the top. */
export function planLabel(uri: vscode.Uri): { name: string; folder: string } {
  const folder = path.posix.dirname(vscode.workspace.asRelativePath(uri));
  const name = path.posix.basename(uri.path, planFileEnding);
  return { name, folder: folder === '.' ? '' : folder };
}
