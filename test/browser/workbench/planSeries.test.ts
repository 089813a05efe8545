import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Cleanup } from '../../support/cleanup.ts';
import { makeExampleWorkspace, type ExampleWorkspace } from '../../support/exampleWorkspace.ts';
import { installedVsix } from '../../support/installedVsix.ts';
import { skipWithoutChromium } from '../../support/launchChromium.ts';
import { screenshot } from '../../support/screenshot.ts';
import { startServerThatHolds } from '../../support/serverThatHolds.ts';
import { Workbench } from '../../support/workbench.ts';

const planText = (url: string): string => `{
  "name": "Holds",
  "endpoints": [{ "id": "mine", "url": ${JSON.stringify(url)} }],
  "datasets": ["speech"],
  "profiles": [{ "kind": "find_capacity", "sessions": 8 }],
  // A busy computer that sends late holds nothing.
  "pacing": { "mode": "burst" },
  "thresholds": ["ttft.p50 <= 60 s"],
}
`;

describe('a series of runs in the workbench', { skip: skipWithoutChromium() }, () => {
  const opened = new Cleanup();
  let folder: ExampleWorkspace;
  let workbench: Workbench;

  before(async () => {
    const installed = opened.add(await installedVsix('newest'), (vsix) => vsix.remove());
    folder = opened.add(await makeExampleWorkspace(), (example) => example.remove());
    const server = opened.add(await startServerThatHolds(3), (running) => running.close());
    await writeFile(path.join(folder.dir, 'holds.rtplan.json'), planText(server.url));
    const options = { workspace: folder.dir };
    workbench = opened.add(await Workbench.open(installed, options), (window) => window.close());
  });
  after(() => opened.run());

  it('says what it will take, and ends in what was found and a picture of it', async () => {
    const { page } = workbench;
    await workbench.openFile('holds.rtplan.json');
    await page
      .locator('.codelens-decoration a')
      .filter({ hasText: /^\W*Run\W*$/ })
      .first()
      .click();
    const question = page.locator('.quick-input-list-row').filter({ hasText: 'up to' }).first();
    await question.waitFor();
    assert.match((await question.textContent()) ?? '', /up to 6 runs, up to 56 sessions/);
    await screenshot(page, 'series-question');
    await workbench.accept('Enter starts the benchmark');
    const toast = page
      .locator('.notification-toast')
      .getByText(/Capacity of mine: 3 \(max_sustainable_streams\)\. With 4 at once/);
    await toast.waitFor();
    const frame = page.locator('iframe.webview.ready').first().contentFrame();
    const comparison = frame.frameLocator('iframe#active-frame');
    await comparison.getByRole('heading', { name: 'By load' }).waitFor();
    await screenshot(page, 'series-compared');
    const saved = await readdir(path.join(folder.dir, 'benchmarks'));
    assert.equal(saved.length, 4);
    assert.deepEqual(workbench.cspViolations, []);
  });

  it('is one test, judged by the run at the capacity', async () => {
    const { page } = workbench;
    await page
      .locator('.activitybar')
      .getByRole('tab', { name: /^Testing/ })
      .click();
    const tests = page.locator('.test-explorer-tree');
    const item = tests.getByRole('treeitem', { name: /^holds/ });
    await item.waitFor();
    await item.click();
    await item.getByRole('button', { name: /^Run Test/ }).click();
    await workbench.accept('Enter starts the benchmark');
    await item.and(page.getByRole('treeitem', { name: /Passed/ })).waitFor();
    assert.equal((await readdir(path.join(folder.dir, 'benchmarks'))).length, 8);
    await screenshot(page, 'series-test');
  });
});
