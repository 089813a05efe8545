import * as vscode from 'vscode';
import { runFileGlob, runFilesBeneath } from './findRunFiles.ts';

export interface RunFileListener {
  /** A run file came, changed or went. */
  touched: (uri: vscode.Uri) => void;
  /** A file or folder went. VS Code does not tell of what a folder took with it. */
  gone: (uri: vscode.Uri) => void;
}

/** Watches the run files of the workspace, and of results folders outside of it. */
export function watchRunFiles(
  resultsFolders: readonly vscode.Uri[],
  listener: RunFileListener,
): vscode.Disposable {
  const outside = resultsFolders.map(
    (folder) => new vscode.RelativePattern(folder, '*.rtbench.json'),
  );
  const files = [runFileGlob, ...outside].map((glob) => watchFiles(glob, listener));
  return vscode.Disposable.from(...files, watchFolders(listener));
}

function watchFiles(glob: vscode.GlobPattern, { touched }: RunFileListener): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(glob);
  const tell = (uri: vscode.Uri): void => {
    if (!isLeftOut(uri)) touched(uri);
  };
  watcher.onDidCreate(tell);
  watcher.onDidChange(tell);
  watcher.onDidDelete(tell);
  return watcher;
}

/** A folder that is moved, renamed or deleted is one event, whatever is in it. */
function watchFolders({ touched, gone }: RunFileListener): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher('**/*', false, true, false);
  watcher.onDidCreate(async (uri) => {
    if (!isLeftOut(uri)) (await runFilesBeneath(uri)).forEach(touched);
  });
  watcher.onDidDelete(gone);
  return watcher;
}

function isLeftOut({ path }: vscode.Uri): boolean {
  return /\/(node_modules|\.git)(\/|$)/.test(path);
}
