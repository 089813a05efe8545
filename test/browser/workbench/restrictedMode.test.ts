import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Cleanup } from '../../support/cleanup.ts';
import { exampleFiles } from '../../support/exampleFiles.ts';
import { makeExampleWorkspace } from '../../support/exampleWorkspace.ts';
import { installedVsix } from '../../support/installedVsix.ts';
import { skipWithoutChromium } from '../../support/launchChromium.ts';
import { screenshot } from '../../support/screenshot.ts';
import {
  startScriptedVllmServer,
  type ScriptedVllmServer,
} from '../../support/scriptedVllmServer.ts';
import { Workbench } from '../../support/workbench.ts';

describe('in a folder that is not trusted', { skip: skipWithoutChromium() }, () => {
  const opened = new Cleanup();
  let workbench: Workbench;
  let server: ScriptedVllmServer;

  before(async () => {
    server = opened.add(await startScriptedVllmServer(), (running) => running.close());
    const installed = opened.add(await installedVsix('floor'), (vsix) => vsix.remove());
    const folder = opened.add(await makeExampleWorkspace(), (example) => example.remove());
    const plan = {
      name: 'Judged',
      endpoints: [{ id: 'mine', url: server.url }],
      datasets: ['speech'],
      thresholds: ['wer <= 8 %'],
    };
    await writeFile(path.join(folder.dir, 'judged.rtplan.json'), JSON.stringify(plan));
    const options = { workspace: folder.dir, trusted: false };
    workbench = opened.add(await Workbench.open(installed, options), (window) => window.close());
    await workbench.page.getByRole('button', { name: /No, I don't trust/ }).click();
  });
  after(() => opened.run());

  it('runs are shown', async () => {
    // Quick open finds files only where ripgrep is installed: this version brings none.
    for (const name of exampleFiles.run.split('/')) {
      await workbench.page.getByRole('treeitem', { name }).click();
    }
    const run = workbench.runEditor;
    await run.getByRole('grid', { name: 'Sessions' }).waitFor();
    assert.equal(await run.getByRole('button', { name: 'Run Again' }).isVisible(), false);
    await screenshot(workbench.page, 'restricted');
  });

  it('nothing can be run', async () => {
    await workbench.searchCommands('RTBench: ');
    await workbench.quickChoices.filter({ hasText: 'RTBench: Show Log' }).waitFor();
    const offered = (await workbench.quickChoices.allTextContents()).join('\n');
    assert.doesNotMatch(offered, /Run Benchmark|Transcribe|Test Endpoint|Set API Key/);
    await workbench.page.keyboard.press('Escape');
  });

  it('plans are tests, which are not run before the folder is trusted', async () => {
    const { page } = workbench;
    await page.getByRole('treeitem', { name: 'judged.rtplan.json' }).click();
    await page
      .locator('.activitybar')
      .getByRole('tab', { name: /^Testing/ })
      .click();
    const plan = page.locator('.test-explorer-tree').getByRole('treeitem', { name: /^judged/ });
    await plan.click();
    await plan.getByRole('button', { name: /^Run Test/ }).click();
    const dialog = page.locator('.monaco-dialog-box').filter({ hasText: /trust/i });
    await dialog.waitFor();
    await screenshot(page, 'restricted-tests');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    assert.deepEqual(server.upgrades, []);
  });
});
