import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Cleanup } from '../../support/cleanup.ts';
import { exampleFiles } from '../../support/exampleFiles.ts';
import { makeExampleWorkspace } from '../../support/exampleWorkspace.ts';
import { installedVsix } from '../../support/installedVsix.ts';
import { skipWithoutChromium } from '../../support/launchChromium.ts';
import { screenshot } from '../../support/screenshot.ts';
import { startScriptedVllmServer } from '../../support/scriptedVllmServer.ts';
import { until } from '../../support/until.ts';
import { Workbench } from '../../support/workbench.ts';

describe('without a folder and with several', { skip: skipWithoutChromium() }, () => {
  const opened = new Cleanup();
  let scratch: string;
  let roots: string[];
  let workbench: Workbench;

  before(async () => {
    const server = opened.add(await startScriptedVllmServer(), (running) => running.close());
    const installed = opened.add(await installedVsix('newest'), (vsix) => vsix.remove());
    scratch = opened.add(
      await realpath(await mkdtemp(path.join(os.tmpdir(), 'rtbench-scratch-'))),
      (dir) => rm(dir, { recursive: true, force: true }),
    );
    const options = {
      workspace: null,
      settings: { 'rtbench.endpoints': [{ name: 'Scripted', url: server.url }] },
    };
    workbench = opened.add(await Workbench.open(installed, options), (window) => window.close());
  });
  after(() => opened.run());

  it('a benchmark without a folder asks where to save it', async () => {
    const { page } = workbench;
    await workbench.showViews();
    await screenshot(page, 'no-folder');
    await workbench.command('RTBench: Run Benchmark…');
    await workbench.accept('Speech to send');
    await workbench.choose('How to send it', 'As fast as possible');
    await page.getByText('Folder to Save the Run in').waitFor();
    await screenshot(page, 'no-folder-asks-where');
    await workbench.quickInput.locator('input:focus').fill(`${scratch}/`);
    // The dialog lists the empty folder: only the way up.
    await until(
      async () => (await workbench.quickChoices.count()) === 1,
      'the folder to be listed',
    );
    await page.keyboard.press('Enter');
    await workbench.question('Enter starts');
    await screenshot(page, 'no-folder-dry-run');
    await workbench.accept('Enter starts');
    await workbench.runEditor.getByRole('grid', { name: 'Sessions' }).waitFor();
    await screenshot(page, 'no-folder-run');
    const saved = await readdir(scratch);
    assert.equal(saved.filter((name) => name.endsWith('.rtbench.json')).length, 1);
  });

  it('runs of all roots are listed, and each root has its results folder', async () => {
    roots = await Promise.all(
      ['results of one', 'results of two', exampleFiles.audio].map(async (resultsFolder) => {
        const { dir } = opened.add(await makeExampleWorkspace(), (root) => root.remove());
        await mkdir(path.join(dir, '.vscode'));
        const settings = JSON.stringify({ 'rtbench.resultsFolder': resultsFolder });
        await writeFile(path.join(dir, '.vscode', 'settings.json'), settings);
        return dir;
      }),
    );
    const file = path.join(scratch, 'several.code-workspace');
    const names = ['one', 'two', 'three'];
    const folders = roots.map((root, i) => ({ path: root, name: names[i] }));
    await writeFile(file, JSON.stringify({ folders }));
    await workbench.show(file);
    await workbench.showViews();
    const runs = workbench.runs.getByRole('treeitem', { name: /^(First|Second)/ });
    await runs.nth(5).waitFor();
    await screenshot(workbench.page, 'several-roots');
    assert.equal(await runs.count(), 6);
    for (const name of ['one', 'two']) {
      await workbench.command('RTBench: Run Benchmark…');
      await workbench.choose('Speech to send', `${name}/speech`);
      await workbench.accept('How to send it');
      await workbench.question('Enter starts');
      const run = workbench.quickChoice.filter({ hasText: `saves to ${name}/results of ${name}/` });
      await run.waitFor();
      await screenshot(workbench.page, `root-${name}`);
      await workbench.page.keyboard.press('Escape');
    }
  });

  it('a plan is created in the root that is chosen', async () => {
    await workbench.command('RTBench: Create Plan…');
    await workbench.question('For example Nightly');
    await workbench.page.keyboard.type('Of two');
    await workbench.page.keyboard.press('Enter');
    await workbench.choose('Folder to save the plan in', 'two');
    await workbench.accept('Speech to send');
    await workbench.page.getByRole('tab', { name: /^Of-two.rtplan.json/ }).waitFor();
    await screenshot(workbench.page, 'plan-in-root');
    assert.ok((await readdir(roots[1]!)).includes('Of-two.rtplan.json'));
  });

  it('a results folder in which nothing can be saved is told of before anything is sent', async () => {
    await workbench.command('RTBench: Run Benchmark…');
    await workbench.choose('Speech to send', 'three/speech');
    await workbench.accept('How to send it');
    await workbench.question('Nothing was sent');
    await workbench.quickChoice.filter({ hasText: 'This cannot be run' }).waitFor();
    const because = (await workbench.quickChoices.allInnerTexts())
      .join(' ')
      .replaceAll(/\s+/g, ' ');
    assert.match(because, /kitchen-lights\.flac: it is a file\..* "outputFolder" in a plan\./);
    await screenshot(workbench.page, 'results-folder-is-a-file');
    await workbench.page.keyboard.press('Escape');
  });
});
