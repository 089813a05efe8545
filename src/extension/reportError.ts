import type * as vscode from 'vscode';
import { errorText } from '../common/benchError.ts';
import { tell } from './tell.ts';

/** Logs what was thrown and shows its message, with a way to the log. Does not wait for the user. */
export function reportError(log: vscode.LogOutputChannel, doing: string, thrown: unknown): void {
  log.error(`${doing}: ${errorText(thrown)}`);
  // The stack says where, for a report; the message alone is what the user can act on.
  if (thrown instanceof Error && thrown.stack !== undefined) log.debug(thrown.stack);
  const showLog = 'Show Log';
  void tell.error(errorText(thrown), showLog).then((choice) => {
    if (choice === showLog) log.show();
  });
}
