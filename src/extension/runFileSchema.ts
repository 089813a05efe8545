import * as vscode from 'vscode';

/** The scheme of the schema's address that run files name, so that they say it without a path. */
const scheme = 'rtbench-schema';

/**
 * Lets VS Code's JSON support read the schema that run files name, which then completes and checks
 * them where they are opened as text. The address holds this version's schema.
 */
export function registerRunFileSchema(context: vscode.ExtensionContext): vscode.Disposable {
  const provider = new SchemaFiles(vscode.Uri.joinPath(context.extensionUri, 'schemas'));
  return vscode.workspace.registerFileSystemProvider(scheme, provider, { isReadonly: true });
}

/** The files of a folder under another scheme. */
class SchemaFiles implements vscode.FileSystemProvider {
  readonly #folder: vscode.Uri;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  /** Never fires: an installed version's files do not change. */
  readonly onDidChangeFile = this.#changed.event;

  constructor(folder: vscode.Uri) {
    this.#folder = folder;
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat(uri: vscode.Uri): Thenable<vscode.FileStat> {
    return vscode.workspace.fs.stat(this.#place(uri));
  }

  readFile(uri: vscode.Uri): Thenable<Uint8Array> {
    return vscode.workspace.fs.readFile(this.#place(uri));
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): never {
    return refuse(uri);
  }

  writeFile(uri: vscode.Uri): never {
    return refuse(uri);
  }

  delete(uri: vscode.Uri): never {
    return refuse(uri);
  }

  rename(uri: vscode.Uri): never {
    return refuse(uri);
  }

  /** Only the names that lie in the folder: the address comes from a file. */
  #place(uri: vscode.Uri): vscode.Uri {
    const name = /^\/([\w.-]+\.schema\.json)$/.exec(uri.path)?.[1];
    if (name === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return vscode.Uri.joinPath(this.#folder, name);
  }
}

function refuse(uri: vscode.Uri): never {
  throw vscode.FileSystemError.NoPermissions(uri);
}
