import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { exampleFiles } from '../../support/exampleFiles.ts';
import { waitFor } from './waitFor.ts';
import { closeEditors, shownRun, workspaceFile } from './workspace.ts';

describe('run files', () => {
  afterEach(closeEditors);

  for (const [state, file] of Object.entries(exampleFiles)) {
    if (!file.endsWith('.rtbench.json')) continue;
    it(`open in the run editor and stay as they are: ${state}`, async () => {
      const uri = workspaceFile(file);
      const before = await vscode.workspace.fs.readFile(uri);
      await vscode.commands.executeCommand('vscode.open', uri);
      assert.equal(shownRun()?.path, uri.path);
      const document = await waitFor('the document', () =>
        vscode.workspace.textDocuments.find((each) => each.uri.path === uri.path),
      );
      assert.equal(document.languageId, 'rtbench-run');
      assert.equal(document.isDirty, false);
      assert.equal(document.getText(), new TextDecoder().decode(before));
    });
  }

  it('open as text and back, in one tab', async () => {
    const uri = workspaceFile(exampleFiles.run);
    const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    await vscode.commands.executeCommand('rtbench.openRun', uri);
    assert.equal(shownRun()?.path, uri.path);
    await vscode.commands.executeCommand('rtbench.openRunAsText');
    await waitFor('the text editor', () =>
      vscode.window.activeTextEditor?.document.uri.path === uri.path ? true : undefined,
    );
    assert.equal(tabs().length, 1);
    await vscode.commands.executeCommand('rtbench.openRun', uri);
    await waitFor('the run editor', () => shownRun());
    assert.equal(shownRun()?.path, uri.path);
    assert.equal(tabs().length, 1);
  });

  it('are checked against the schema', async () => {
    const uri = workspaceFile(exampleFiles.damaged);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
    const [problem] = await waitFor('a problem', () => {
      const found = vscode.languages.getDiagnostics(uri);
      return found.length > 0 ? found : undefined;
    });
    assert.match(problem!.message, /run\.startedAt: .*expected string, received number/);
    const text = vscode.window.activeTextEditor?.document.getText(problem!.range) ?? '';
    assert.match(text, /^\d+$/);
  });
});
