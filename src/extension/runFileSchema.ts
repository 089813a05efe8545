import * as vscode from 'vscode';
import { ReadOnlyFiles } from './readOnlyFiles.ts';

/** The scheme of the schema's address that run files name, so that they say it without a path. */
const scheme = 'rtbench-schema';

/**
 * Lets VS Code's JSON support read the schemas that plans and run files name, which then completes
 * and checks those whose language is JSON. The address holds this version's schemas.
 */
export function registerRunFileSchema(context: vscode.ExtensionContext): vscode.Disposable {
  const provider = new SchemaFiles(vscode.Uri.joinPath(context.extensionUri, 'schemas'));
  return vscode.workspace.registerFileSystemProvider(scheme, provider, { isReadonly: true });
}

/** The files of a folder under another scheme. An installed version's files do not change. */
class SchemaFiles extends ReadOnlyFiles {
  readonly #folder: vscode.Uri;

  constructor(folder: vscode.Uri) {
    super();
    this.#folder = folder;
  }

  stat(uri: vscode.Uri): Thenable<vscode.FileStat> {
    return vscode.workspace.fs.stat(this.#place(uri));
  }

  readFile(uri: vscode.Uri): Thenable<Uint8Array> {
    return vscode.workspace.fs.readFile(this.#place(uri));
  }

  /** Only the names that lie in the folder: the address comes from a file. */
  #place(uri: vscode.Uri): vscode.Uri {
    const name = /^\/([\w.-]+\.schema\.json)$/.exec(uri.path)?.[1];
    if (name === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return vscode.Uri.joinPath(this.#folder, name);
  }
}
