import * as vscode from 'vscode';
import { BenchError } from '../../common/benchError.ts';

/** Throws a BenchError in a workspace that is not trusted. */
export function requireTrusted(doing: string): void {
  if (vscode.workspace.isTrusted) return;
  throw new BenchError('not_trusted', `${doing} needs a trusted workspace: trust it first.`);
}
