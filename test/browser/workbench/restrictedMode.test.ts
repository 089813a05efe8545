import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { exampleFiles } from '../../support/exampleFiles.ts';
import { makeExampleWorkspace, type ExampleWorkspace } from '../../support/exampleWorkspace.ts';
import { installedVsix, type InstalledVsix } from '../../support/installedVsix.ts';
import { skipWithoutChromium } from '../../support/launchChromium.ts';
import { screenshot } from '../../support/screenshot.ts';
import { Workbench } from '../../support/workbench.ts';

describe('in a folder that is not trusted', { skip: skipWithoutChromium() }, () => {
  let installed: InstalledVsix;
  let folder: ExampleWorkspace;
  let workbench: Workbench;

  before(async () => {
    installed = await installedVsix('floor');
    folder = await makeExampleWorkspace();
    workbench = await Workbench.open(installed, { folder: folder.dir, trusted: false });
    await workbench.page.getByRole('button', { name: /No, I don't trust/ }).click();
  });
  after(async () => {
    await workbench.close();
    await installed.remove();
    await folder.remove();
  });

  it('runs are shown', async () => {
    await workbench.openFile(exampleFiles.run);
    const run = workbench.runEditor;
    await run.getByRole('grid', { name: 'Sessions' }).waitFor();
    assert.equal(await run.getByRole('button', { name: 'Run Again' }).isVisible(), false);
    await screenshot(workbench.page, 'restricted');
  });

  it('nothing can be run', async () => {
    const { page } = workbench;
    await page.keyboard.press('F1');
    await page.keyboard.type('RTBench: ');
    await workbench.quickChoices.filter({ hasText: 'RTBench: Show Log' }).waitFor();
    const offered = (await workbench.quickChoices.allTextContents()).join('\n');
    assert.doesNotMatch(offered, /Run Benchmark|Transcribe|Test Endpoint|Set API Key/);
    await page.keyboard.press('Escape');
  });
});
