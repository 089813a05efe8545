import * as vscode from 'vscode';

/** Files that can be read and nothing else. */
export abstract class ReadOnlyFiles implements vscode.FileSystemProvider {
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;

  abstract stat(uri: vscode.Uri): Thenable<vscode.FileStat>;

  abstract readFile(uri: vscode.Uri): Thenable<Uint8Array>;

  /** Has VS Code read a file again. */
  changed(uri: vscode.Uri): void {
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  /** Changes are told without being asked. */
  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
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
}

function refuse(uri: vscode.Uri): never {
  throw vscode.FileSystemError.NoPermissions(uri);
}
