import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Cleanup } from '../../support/cleanup.ts';
import { exampleFiles } from '../../support/exampleFiles.ts';
import { makeExampleWorkspace } from '../../support/exampleWorkspace.ts';
import { installedVsix } from '../../support/installedVsix.ts';
import { skipWithoutChromium } from '../../support/launchChromium.ts';
import { screenshot } from '../../support/screenshot.ts';
import { Workbench } from '../../support/workbench.ts';

describe('in a folder that is not trusted', { skip: skipWithoutChromium() }, () => {
  const opened = new Cleanup();
  let workbench: Workbench;

  before(async () => {
    const installed = opened.add(await installedVsix('floor'), (vsix) => vsix.remove());
    const folder = opened.add(await makeExampleWorkspace(), (example) => example.remove());
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
});
