import * as vscode from 'vscode';
import { BenchError } from '../../common/benchError.ts';
import { planFileEnding } from '../../planfile/planFileEnding.ts';
import { runResource } from '../runEditor/runResource.ts';

/**
 * The plan that a command is meant for. The language server names it by the text of its address.
 *
 * @throws BenchError where there is none on disk
 */
export function planUri(argument: unknown): vscode.Uri {
  const uri =
    typeof argument === 'string'
      ? vscode.Uri.parse(argument, true)
      : (testedPlan(argument) ?? runResource(argument));
  if (uri && isPlanOnDisk(uri)) return uri;
  throw new BenchError('no_plan', 'Open or select a plan (.rtplan.json) on disk first.');
}

/** Whether an address is a plan's that can be run: what is measured is read from disk. */
export function isPlanOnDisk({ scheme, path }: vscode.Uri): boolean {
  return scheme === 'file' && path.endsWith(planFileEnding);
}

/** The plan of an item in the Testing view. */
function testedPlan(argument: unknown): vscode.Uri | undefined {
  if (typeof argument !== 'object' || argument === null || !('uri' in argument)) return undefined;
  return argument.uri instanceof vscode.Uri ? argument.uri : undefined;
}
