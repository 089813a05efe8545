import path from 'node:path';
import * as vscode from 'vscode';
import { BenchError, errorText } from '../../common/benchError.ts';
import type { SessionChoice } from './timelineReaderMessages.ts';
import type { TimelineThread } from './timelineThread.ts';

/**
 * Has the thread read a run, from wherever VS Code has it. Returns its sessions.
 * Throws a BenchError that names the file, what is wrong and the remedy.
 */
export async function readRun(thread: TimelineThread, run: vscode.Uri): Promise<SessionChoice[]> {
  const bytes = await vscode.workspace.fs.readFile(run).then(undefined, (cause: unknown) => {
    const name = vscode.workspace.asRelativePath(run);
    throw new BenchError('not_readable', `${name} cannot be read: ${errorText(cause)}`, { cause });
  });
  const request = { type: 'read', run: run.toString(), file: run.fsPath, bytes } as const;
  const { sessions, problem } = await thread.ask(request);
  if (sessions === null) throw new BenchError('run_invalid', problem);
  return sessions;
}

/** Throws a BenchError where no session can be drawn. */
export function withTrace(sessions: readonly SessionChoice[], run: vscode.Uri): SessionChoice[] {
  const traced = sessions.filter(({ hasTrace }) => hasTrace);
  if (traced.length > 0) return traced;
  const name = path.posix.basename(run.path);
  throw new BenchError(
    'no_trace',
    `${name} holds no traces of sessions: there is nothing to draw.`,
  );
}
