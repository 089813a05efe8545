import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { writeRunFile } from '../../../src/runfile/writeRunFile.ts';
import { exampleRun } from '../../support/exampleRun.ts';
import { shownComparison, comparedRuns } from './comparedRuns.ts';
import { waitFor } from './waitFor.ts';
import { closeEditors, shownRun, workspaceFile } from './workspace.ts';

const plan = `{
  "name": "Weekly",
  "endpoints": ["embedded"],
  "datasets": ["speech"],
  "profiles": [{ "kind": "concurrent", "sessions": 1 }, { "kind": "concurrent", "sessions": 2 }],
  "outputFolder": "weekly/results",
}
`;

describe('the runs of a plan', function () {
  this.timeout(60_000);
  const uri = workspaceFile('weekly.rtplan.json');
  const result = (name: string) => workspaceFile(`weekly/results/${name}.rtbench.json`);

  /** Saves a run of the plan under one of its loads. */
  const save = async (name: string, sessions: number, startedAt: string): Promise<void> => {
    const run = exampleRun();
    const title = `Weekly, speech, ${String(sessions)} at once`;
    await writeRunFile(result(name).fsPath, { ...run, info: { ...run.info, title, startedAt } });
  };

  const saveNewest = async (): Promise<void> => {
    await save('two', 2, '2026-01-01T00:00:00.000Z');
    await save('newest', 1, '2026-03-01T00:00:00.000Z');
  };
  const saveOldest = () => save('oldest', 1, '2025-12-01T00:00:00.000Z');

  before(() => writeFile(uri.fsPath, plan));
  beforeEach(() => mkdir(path.dirname(result('any').fsPath), { recursive: true }));
  afterEach(async () => {
    await closeEditors();
    await rm(workspaceFile('weekly').fsPath, { recursive: true });
  });
  after(() => rm(uri.fsPath));

  it('are none at first, and nothing opens', async () => {
    await vscode.commands.executeCommand('rtbench.openPlanResult', uri);
    await vscode.commands.executeCommand('rtbench.comparePlanWithLast', uri);
    assert.equal(vscode.window.tabGroups.activeTabGroup.activeTab, undefined);
  });

  it('open: the last one', async () => {
    await saveNewest();
    await saveOldest();
    await vscode.commands.executeCommand('rtbench.openPlanResult', uri);
    const shown = await waitFor('the run', shownRun);
    assert.equal(shown.toString(), result('newest').toString());
  });

  it('are compared with the one before under the same load', async () => {
    await saveNewest();
    await saveOldest();
    await vscode.commands.executeCommand('rtbench.comparePlanWithLast', uri);
    const compared = (await comparedRuns()).map(String);
    assert.deepEqual(compared, [result('oldest').toString(), result('newest').toString()]);
  });

  it('are not compared across loads', async () => {
    await saveNewest();
    await vscode.commands.executeCommand('rtbench.comparePlanWithLast', uri);
    assert.equal(shownComparison(), undefined);
  });

  it('lie in a folder that is linked to', async () => {
    await vscode.window.showTextDocument(uri);
    const link = await waitFor('the link', async () => {
      const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
        'vscode.executeLinkProvider',
        uri,
      );
      return links.find(({ target }) => target?.path.endsWith('/results'));
    });
    const document = await vscode.workspace.openTextDocument(uri);
    assert.equal(document.getText(link.range), 'weekly/results');
    assert.equal(link.target?.toString(), workspaceFile('weekly/results').toString());
  });
});
