import * as vscode from 'vscode';
import { runFileEnding } from '../../runfile/runFileEnding.ts';
import { runResource } from '../runEditor/runResource.ts';

/** A session that a command is called with. */
export interface SessionArgument {
  run: vscode.Uri;
  sessionId: string;
  /** Place of a received message to show. */
  message?: unknown;
  /** True: what is in front stays in sight. */
  isBeside?: unknown;
}

export function isSession(argument: unknown): argument is SessionArgument {
  if (typeof argument !== 'object' || argument === null) return false;
  if (!('run' in argument) || !('sessionId' in argument)) return false;
  return argument.run instanceof vscode.Uri && typeof argument.sessionId === 'string';
}

export function isSessions(argument: unknown): argument is SessionArgument[] {
  return Array.isArray(argument) && argument.length > 0 && argument.every(isSession);
}

/** The run that a command is meant for; undefined where it is to be asked for. */
export function runOf(argument: unknown): vscode.Uri | undefined {
  if (isSession(argument)) return argument.run;
  const uri = runResource(argument);
  return uri?.path.endsWith(runFileEnding) === true ? uri : undefined;
}
