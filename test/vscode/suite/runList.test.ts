import assert from 'node:assert/strict';
import { copyFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { exampleFiles } from '../../support/exampleFiles.ts';
import { activatedExtension } from './extensionUnderTest.ts';
import { invoke } from './invokeTool.ts';
import { waitFor } from './waitFor.ts';
import { workspaceFile } from './workspace.ts';

/** Paths of all listed runs. */
async function listed(): Promise<string[]> {
  const text = await invoke('rtbench_list_runs', { limit: 100 });
  return [...text.matchAll(/^\| (\S+\.rtbench\.json) \|/gm)].map(([, file = '']) => file);
}

function listedAs(wanted: readonly string[], among: RegExp): Promise<true> {
  const expected = wanted.toSorted().join();
  return waitFor(`the runs ${expected}`, async () => {
    const found = (await listed()).filter((file) => among.test(file));
    return found.toSorted().join() === expected ? true : undefined;
  });
}

async function setResultsFolder(value: unknown): Promise<void> {
  await vscode.workspace
    .getConfiguration('rtbench')
    .update('resultsFolder', value, vscode.ConfigurationTarget.Workspace);
}

async function copyRunTo(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const copy = path.join(folder, 'copy.rtbench.json');
  await copyFile(workspaceFile(exampleFiles.run).fsPath, copy);
}

describe('the list of runs', function () {
  this.timeout(60_000);
  let outside: string;

  before(async () => {
    await activatedExtension();
    outside = await mkdtemp(path.join(os.tmpdir(), 'rtbench-results-'));
    await listed();
  });
  afterEach(() => setResultsFolder(undefined));
  after(() => rm(outside, { recursive: true, force: true }));

  it('follows a folder that is renamed, moved in and deleted, whoever does it', async () => {
    const [first, second] = ['moved/a/copy.rtbench.json', 'moved/b/copy.rtbench.json'];
    await copyRunTo(path.join(outside, 'a'));
    await mkdir(workspaceFile('moved').fsPath);
    await rename(path.join(outside, 'a'), workspaceFile('moved/a').fsPath);
    await listedAs([first], /^moved/);
    await vscode.workspace.fs.rename(workspaceFile('moved/a'), workspaceFile('moved/b'));
    await listedAs([second], /^moved/);
    await rename(workspaceFile('moved').fsPath, workspaceFile('renamed').fsPath);
    await listedAs(['renamed/b/copy.rtbench.json'], /^(moved|renamed)/);
    await rename(workspaceFile('renamed').fsPath, path.join(outside, 'gone'));
    await listedAs([], /^(moved|renamed)/);
  });

  it('has those of a results folder beside the workspace, by whichever path', async () => {
    await copyRunTo(path.join(outside, 'results'));
    const relative = path.relative(workspaceFile('.').fsPath, path.join(outside, 'results'));
    const run = path.join(outside, 'results', 'copy.rtbench.json');
    for (const setting of [relative, path.dirname(run)]) {
      await setResultsFolder(setting);
      await listedAs([run], /rtbench-results-/);
      await setResultsFolder(undefined);
      await listedAs([], /rtbench-results-/);
    }
  });

  it('is there although the setting of the results folder is no path', async () => {
    await setResultsFolder(5);
    assert.ok((await listed()).includes(exampleFiles.run));
  });
});
