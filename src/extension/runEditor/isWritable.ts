import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import * as vscode from 'vscode';

/** Whether a document can be saved, as far as the file system tells. */
export async function isWritable(uri: vscode.Uri): Promise<boolean> {
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) !== true) return false;
  try {
    const { permissions = 0 } = await vscode.workspace.fs.stat(uri);
    if ((permissions & vscode.FilePermission.Readonly) !== 0) return false;
  } catch {
    // Not there (yet): an untitled or deleted file can be saved.
    return true;
  }
  return uri.scheme !== 'file' || isWritableFile(uri.fsPath);
}

/** VS Code does not tell extensions of a file that it calls locked: one its owner may not write. */
async function isWritableFile(file: string): Promise<boolean> {
  try {
    await access(file, constants.W_OK);
    // The superuser may write all files, but VS Code asks before it does.
    return ((await stat(file)).mode & constants.S_IWUSR) !== 0;
  } catch {
    return false;
  }
}
