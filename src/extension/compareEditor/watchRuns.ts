import path from 'node:path';
import * as vscode from 'vscode';

/** A save may be several events. */
const settleMs = 300;

/** Calls back when a file that is compared was written, made or removed. */
export function watchRuns(runs: readonly vscode.Uri[], onChange: () => void): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  const settle = (): void => {
    clearTimeout(timer);
    timer = setTimeout(onChange, settleMs);
  };
  const watchers = runs
    .filter(({ scheme }) => vscode.workspace.fs.isWritableFileSystem(scheme) === true)
    .map((uri) => {
      const folder = vscode.Uri.joinPath(uri, '..');
      const name = path.posix.basename(uri.path).replaceAll(/[[\]{}*?]/g, '?');
      const pattern = new vscode.RelativePattern(folder, name);
      const watcher = vscode.workspace.createFileSystemWatcher(pattern);
      watcher.onDidChange(settle);
      watcher.onDidCreate(settle);
      watcher.onDidDelete(settle);
      return watcher;
    });
  const stopTimer = new vscode.Disposable(() => {
    clearTimeout(timer);
  });
  return vscode.Disposable.from(...watchers, stopTimer);
}
