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
    typeof argument === 'string' ? vscode.Uri.parse(argument, true) : runResource(argument);
  if (uri?.scheme === 'file' && uri.path.endsWith(planFileEnding)) return uri;
  throw new BenchError('no_plan', 'Open or select a plan (.rtplan.json) on disk first.');
}
