import * as vscode from 'vscode';
import { runFileEnding } from '../../runfile/runFileEnding.ts';
import { filesBeneath } from '../findFiles.ts';
import { isLeftOut, watchFolders } from '../watchFolders.ts';

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
  const { touched, gone } = listener;
  const outside = resultsFolders.map(
    (folder) => new vscode.RelativePattern(folder, `*${runFileEnding}`),
  );
  const files = [`**/*${runFileEnding}`, ...outside].map((glob) => watchFiles(glob, listener));
  const came = async (uri: vscode.Uri): Promise<void> => {
    (await filesBeneath(uri, runFileEnding)).forEach(touched);
  };
  return vscode.Disposable.from(...files, watchFolders({ came, gone }));
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
