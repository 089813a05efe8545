import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { exampleFiles } from '../../support/exampleFiles.ts';
import { comparedRuns, shownComparison } from './comparedRuns.ts';
import { waitFor } from './waitFor.ts';
import { closeEditors, workspaceFile } from './workspace.ts';

const execute = promisify(execFile);

const first = () => workspaceFile(exampleFiles.run);
const second = () => workspaceFile(exampleFiles.secondRun);

async function assertCompared(...expected: vscode.Uri[]): Promise<void> {
  assert.deepEqual((await comparedRuns()).map(String), expected.map(String));
}

/** Runs a command, taking the first choice of every question that it asks. */
async function accepting(command: string, ...args: unknown[]): Promise<void> {
  const accept = setInterval(() => {
    void vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
  }, 200);
  await Promise.resolve(vscode.commands.executeCommand(command, ...args)).finally(() => {
    clearInterval(accept);
  });
}

describe('comparisons', function () {
  this.timeout(60_000);
  afterEach(closeEditors);

  it('open for selected files, the older run as the baseline', async () => {
    const [a, b] = [second(), first()];
    await vscode.commands.executeCommand('rtbench.compareSelected', a, [a, b]);
    await assertCompared(first(), second());
  });

  it('open for selected items of the Runs view, which stand for files', async () => {
    const items = [second(), first()].map((resourceUri) => ({ kind: 'run', resourceUri }));
    await vscode.commands.executeCommand('rtbench.compareSelected', items[0], items);
    await assertCompared(first(), second());
  });

  it('do not open for a single run', async () => {
    await vscode.commands.executeCommand('rtbench.compareSelected', first(), [first()]);
    assert.equal(shownComparison(), undefined);
  });

  it('open with what is chosen from the palette', async () => {
    await accepting('rtbench.compareRuns');
    assert.equal((await comparedRuns()).length, 2);
  });

  it('open with the previous run of the same plan', async () => {
    await vscode.commands.executeCommand('rtbench.compareWithPrevious', second());
    await assertCompared(first(), second());
    await closeEditors();
    await vscode.commands.executeCommand('vscode.open', second());
    await vscode.commands.executeCommand('rtbench.compareWithPrevious');
    await assertCompared(first(), second());
  });

  it('have the starred run as their baseline until the star is taken away', async () => {
    await vscode.commands.executeCommand('rtbench.toggleBaseline', second());
    await vscode.commands.executeCommand('rtbench.compareWithBaseline', first());
    await assertCompared(second(), first());
    await closeEditors();
    await vscode.commands.executeCommand('rtbench.compareSelected', first(), [first(), second()]);
    await assertCompared(second(), first());
    await closeEditors();
    await vscode.commands.executeCommand('rtbench.removeBaseline', second());
    await vscode.commands.executeCommand('rtbench.compareWithBaseline', first());
    assert.equal(shownComparison(), undefined);
    await vscode.commands.executeCommand('rtbench.compareSelected', first(), [first(), second()]);
    await assertCompared(first(), second());
  });
});

describe('versions of a run in Git', function () {
  this.timeout(60_000);
  const versioned = () => workspaceFile('versions/run.rtbench.json');
  let head: vscode.Uri;

  before(async () => {
    const folder = workspaceFile('versions').fsPath;
    await mkdir(folder);
    const text = await readFile(first().fsPath, 'utf8');
    await writeFile(versioned().fsPath, text);
    const who = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
    const git = (...args: string[]) => execute('git', [...who, ...args], { cwd: folder });
    await git('init', '-q');
    await git('add', path.basename(versioned().fsPath));
    await git('commit', '-q', '-m', 'First version');
    head = await opened(vscode.Uri.file(folder), versioned());
  });
  after(() => rm(workspaceFile('versions').fsPath, { recursive: true, force: true }));
  afterEach(closeEditors);

  it('are offered for comparison where the file has changed since', async () => {
    const text = await readFile(versioned().fsPath, 'utf8');
    await writeFile(versioned().fsPath, text.replace('"First"', '"Changed"'));
    await accepting('rtbench.compareWith', versioned());
    await assertCompared(head, versioned());
  });

  it('lead from a text diff to the comparison of its sides', async () => {
    await vscode.commands.executeCommand('vscode.diff', head, versioned());
    const diff = await waitFor('the diff', () => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return input instanceof vscode.TabInputTextDiff ? input : undefined;
    });
    assert.deepEqual(
      [String(diff.original), String(diff.modified)],
      [head, versioned()].map(String),
    );
    await vscode.commands.executeCommand('rtbench.compareDiff');
    await assertCompared(head, versioned());
  });
});

/** Has VS Code open the repository; resolves with the committed version of a file. */
async function opened(repository: vscode.Uri, file: vscode.Uri): Promise<vscode.Uri> {
  const extension: vscode.Extension<unknown> | undefined =
    vscode.extensions.getExtension('vscode.git');
  const exported = (await extension?.activate()) as {
    getAPI(version: 1): {
      openRepository(root: vscode.Uri): Promise<unknown>;
      toGitUri(uri: vscode.Uri, ref: string): vscode.Uri;
    };
  };
  const api = exported.getAPI(1);
  assert.ok(await api.openRepository(repository));
  return api.toGitUri(file, 'HEAD');
}
