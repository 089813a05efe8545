import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { exampleFiles } from '../../support/exampleFiles.ts';
import { waitFor } from './waitFor.ts';
import { closeEditors, shownRun, workspaceFile } from './workspace.ts';

/** Files that are nowhere on this computer, as those of a virtual workspace. */
class MemoryFiles implements vscode.FileSystemProvider {
  readonly #files = new Map<string, Uint8Array>();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;

  add(path: string, content: Uint8Array): void {
    this.#files.set(path, content);
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat({ path }: vscode.Uri): vscode.FileStat {
    if (path === '/') return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    const { length: size } = this.readFile(vscode.Uri.from({ scheme: 'memory', path }));
    return { type: vscode.FileType.File, ctime: 0, mtime: 1, size };
  }

  readDirectory(): [string, vscode.FileType][] {
    return [...this.#files.keys()].map((path) => [path.slice(1), vscode.FileType.File]);
  }

  readFile(uri: vscode.Uri): Uint8Array {
    const content = this.#files.get(uri.path);
    if (!content) throw vscode.FileSystemError.FileNotFound(uri);
    return content;
  }

  writeFile({ path }: vscode.Uri, content: Uint8Array): void {
    this.add(path, content);
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }
}

describe('a run of a virtual workspace', () => {
  const files = new MemoryFiles();
  let registration: vscode.Disposable;

  before(async () => {
    const run = await vscode.workspace.fs.readFile(workspaceFile(exampleFiles.run));
    for (const name of ['one', 'two']) files.add(`/${name}.rtbench.json`, run);
    registration = vscode.workspace.registerFileSystemProvider('memory', files);
  });
  after(() => {
    registration.dispose();
  });
  afterEach(closeEditors);

  const uri = (name: string): vscode.Uri => vscode.Uri.parse(`memory:/${name}.rtbench.json`);

  it('is shown, and stays as it is', async () => {
    await vscode.commands.executeCommand('vscode.open', uri('one'));
    assert.equal(shownRun()?.toString(), uri('one').toString());
    const document = await waitFor('the document', () =>
      vscode.workspace.textDocuments.find((each) => each.uri.scheme === 'memory'),
    );
    assert.equal(document.isDirty, false);
  });

  it('is compared with another one', async () => {
    const runs = [uri('one'), uri('two')];
    await vscode.commands.executeCommand('rtbench.compareSelected', runs[0], runs);
    const tab = await waitFor('the comparison', () => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return input instanceof vscode.TabInputCustom && input.viewType === 'rtbench.compare'
        ? input
        : undefined;
    });
    assert.equal(tab.uri.scheme, 'rtbench-compare');
  });

  it('is not run again: its speech is nowhere to be read', async () => {
    await vscode.commands.executeCommand('vscode.open', uri('one'));
    // Says so, and asks nothing that would have to be answered.
    await vscode.commands.executeCommand('rtbench.runAgain', uri('one'));
    assert.equal(shownRun()?.toString(), uri('one').toString());
  });
});
