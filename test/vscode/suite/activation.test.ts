import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { activatedExtension, contributions } from './extensionUnderTest.ts';

describe('the extension', () => {
  before(activatedExtension);

  it('is active', async () => {
    assert.equal((await activatedExtension()).isActive, true);
  });

  it('registers every command it contributes', async () => {
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = contributions()
      .commands.map(({ command }) => command)
      .filter((command) => !registered.has(command));
    assert.deepEqual(missing, []);
  });

  it('gives every command a title, a category and nothing that is not a command a menu', () => {
    const { commands, menus } = contributions();
    const known = new Set(commands.map(({ command }) => command));
    for (const { command, title, category } of commands) {
      assert.match(title, /^[A-Z]/, command);
      assert.equal(category, 'RTBench', command);
    }
    for (const [menu, items] of Object.entries(menus)) {
      for (const { command } of items) assert.ok(known.has(command), `${menu}: ${command}`);
    }
  });

  it('has the settings and defaults it declares', () => {
    const settings = vscode.workspace.getConfiguration();
    for (const [name, { default: declared }] of Object.entries(contributions().settings)) {
      assert.deepEqual(settings.inspect(name)?.defaultValue, declared, name);
    }
    assert.deepEqual(settings.inspect('rtbench.endpoints')?.defaultValue, [
      { name: 'Embedded', url: 'embedded' },
    ]);
  });

  it('opens run files of Git as text', () => {
    const associations = vscode.workspace
      .getConfiguration('workbench')
      .get<Record<string, string>>('editorAssociations');
    assert.equal(associations?.['{git,gitlens,pr,review}:/**/*.rtbench.json'], 'default');
  });

  it('shows its views, log and settings', async () => {
    await vscode.commands.executeCommand('rtbench.endpoints.focus');
    await vscode.commands.executeCommand('rtbench.runs.focus');
    await vscode.commands.executeCommand('rtbench.showLog');
    await vscode.commands.executeCommand('rtbench.openSettings');
  });
});
