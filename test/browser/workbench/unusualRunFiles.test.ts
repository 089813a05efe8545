import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { writeRunFile } from '../../../src/runfile/writeRunFile.ts';
import { axeProblems } from '../../support/axeProblems.ts';
import { Cleanup } from '../../support/cleanup.ts';
import { exampleFiles } from '../../support/exampleFiles.ts';
import { makeExampleWorkspace, type ExampleWorkspace } from '../../support/exampleWorkspace.ts';
import { installedVsix } from '../../support/installedVsix.ts';
import { skipWithoutChromium } from '../../support/launchChromium.ts';
import { screenshot } from '../../support/screenshot.ts';
import { variedRun } from '../../support/variedRun.ts';
import { Workbench } from '../../support/workbench.ts';

const manySessions = 10_000;
const mebibyte = 1024 * 1024;

const large = {
  many: 'runs/ten-thousand.rtbench.json',
  tooLarge: 'runs/too-large.rtbench.json',
  beyondVsCode: 'runs/beyond-vscode.rtbench.json',
};

describe('run files that are read-only or huge', { skip: skipWithoutChromium() }, () => {
  const opened = new Cleanup();
  let folder: ExampleWorkspace;
  let workbench: Workbench;

  before(async () => {
    const installed = opened.add(await installedVsix('newest'), (vsix) => vsix.remove());
    folder = opened.add(await makeExampleWorkspace(), (example) => example.remove());
    await commitAndChange(folder.dir, exampleFiles.run);
    await makeLargeRuns(folder.dir);
    const options = { workspace: folder.dir };
    workbench = opened.add(await Workbench.open(installed, options), (window) => window.close());
  });
  afterEach(() => workbench.closeEditors());
  after(() => opened.run());

  it('of Git open as text, and as a run that cannot be changed', async () => {
    await workbench.openFile(exampleFiles.run);
    await workbench.runEditor.getByRole('textbox', { name: 'Title of the run' }).waitFor();
    await workbench.command('RTBench: Open Run as Text');
    await workbench.textEditor.waitFor();
    await workbench.command('Git: Open File (HEAD)');
    await workbench.page.getByRole('tab', { name: /HEAD|Index/ }).waitFor();
    await workbench.textEditor.waitFor();
    await workbench.command('View: Reopen Editor With...');
    await workbench.choose('Select editor', 'RTBench Run');
    const run = workbench.runEditor;
    await run.getByRole('heading', { name: 'First', exact: true }).waitFor();
    await screenshot(workbench.page, 'run-of-git');
    await showsReadOnly();
    assert.equal(await run.getByRole('button', { name: 'Run Again' }).isVisible(), false);
  });

  it('without write permission cannot be changed', async () => {
    await chmod(path.join(folder.dir, exampleFiles.secondRun), 0o444);
    await workbench.openFile(exampleFiles.secondRun);
    await workbench.runEditor.getByRole('heading', { name: 'Second' }).waitFor();
    await screenshot(workbench.page, 'run-write-protected');
    await showsReadOnly();
  });

  it('with ten thousand sessions open and scroll', async () => {
    await workbench.openFile(large.many);
    const run = workbench.runEditor;
    const grid = run.getByRole('grid', { name: 'Sessions' });
    await grid.waitFor();
    assert.equal(await grid.getAttribute('aria-rowcount'), String(manySessions + 1));
    await run.getByRole('row').nth(1).click();
    await workbench.page.keyboard.press('End');
    await run.locator(`[role="row"][aria-rowindex="${manySessions + 1}"]`).waitFor();
    await screenshot(workbench.page, 'ten-thousand-sessions');
  });

  it('that take too long to read say so', async () => {
    await workbench.openFile(large.tooLarge);
    const run = workbench.runEditor;
    await run.getByRole('heading', { name: 'The run is too large to show' }).waitFor();
    await screenshot(workbench.page, 'state-tooLarge');
    assert.deepEqual(await axeProblems(await workbench.runEditorFrame()), []);
    await run.getByRole('button', { name: 'Open as Text' }).click();
    await workbench.textEditor.waitFor();
  });

  it('beyond what VS Code gives to an editor are offered as text', async () => {
    await workbench.openFile(large.beyondVsCode);
    const message = workbench.notification('larger than the 50 MiB');
    await message.waitFor();
    // What VS Code shows in the editor's place: no extension can change it.
    await workbench.page.getByText('The editor could not be opened').first().waitFor();
    await screenshot(workbench.page, 'beyond-vscode');
    await message.getByRole('button', { name: 'Open as Text' }).click();
    await workbench.textEditor.waitFor();
  });

  async function showsReadOnly(): Promise<void> {
    const run = workbench.runEditor;
    for (const name of ['Title of the run', 'Notes']) {
      assert.equal(await run.getByRole('textbox', { name }).isVisible(), false, name);
    }
    assert.deepEqual(await axeProblems(await workbench.runEditorFrame()), []);
  }
});

async function commitAndChange(folder: string, file: string): Promise<void> {
  const git = (...args: string[]) => promisify(execFile)('git', args, { cwd: folder });
  await git('init');
  await git('add', '.');
  await git('-c', 'user.name=Test', '-c', 'user.email=test@example.com', 'commit', '-m', 'Runs');
  const text = await readFile(path.join(folder, file), 'utf8');
  await writeFile(
    path.join(folder, file),
    text.replace('"title": "First"', '"title": "First, changed"'),
  );
}

async function makeLargeRuns(folder: string): Promise<void> {
  const file = path.join(folder, large.many);
  await writeRunFile(file, variedRun(manySessions));
  const text = await readFile(file, 'utf8');
  const line = `${' '.repeat(99)}\n`;
  const padded = (bytes: number): string =>
    text + line.repeat(Math.ceil((bytes - Buffer.byteLength(text)) / line.length));
  await writeFile(path.join(folder, large.tooLarge), padded(46_000_000));
  await writeFile(path.join(folder, large.beyondVsCode), padded(51 * mebibyte));
}
