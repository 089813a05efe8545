import * as vscode from 'vscode';

export interface FolderListener {
  /** A file or folder came. VS Code does not tell of what a folder brought with it. */
  came: (uri: vscode.Uri) => unknown;
  /** A file or folder went. VS Code does not tell of what a folder took with it. */
  gone: (uri: vscode.Uri) => unknown;
}

/** A folder that is moved, renamed or deleted is one event, whatever is in it. */
export function watchFolders({ came, gone }: FolderListener): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher('**/*', false, true, false);
  watcher.onDidCreate((uri) => {
    if (!isLeftOut(uri)) came(uri);
  });
  watcher.onDidDelete(gone);
  return watcher;
}

/** Whether a file is among those that nobody looks for. */
export function isLeftOut({ path }: vscode.Uri): boolean {
  return /\/(node_modules|\.git)(\/|$)/.test(path);
}

/** Whether a file was in a folder, however deep. */
export function isBeneath(file: vscode.Uri, folder: vscode.Uri): boolean {
  return file.toString().startsWith(`${folder.toString()}/`);
}
