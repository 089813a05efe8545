import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Cleanup } from '../../support/cleanup.ts';
import { installedVsix } from '../../support/installedVsix.ts';
import { skipWithoutChromium } from '../../support/launchChromium.ts';
import { screenshot } from '../../support/screenshot.ts';
import { Workbench } from '../../support/workbench.ts';

const mostMs = 120_000;

describe('a new user with an empty folder', { skip: skipWithoutChromium() }, () => {
  const opened = new Cleanup();
  let workbench: Workbench;
  let folder: string;

  before(async () => {
    const installed = opened.add(await installedVsix('newest'), (vsix) => vsix.remove());
    folder = opened.add(await mkdtemp(path.join(os.tmpdir(), 'rtbench-new-user-')), (dir) =>
      rm(dir, { recursive: true, force: true }),
    );
    const options = { workspace: folder };
    workbench = opened.add(await Workbench.open(installed, options), (window) => window.close());
  });
  after(() => opened.run());

  it('has a finished benchmark of real speech within two minutes', async () => {
    const startedMs = performance.now();
    const { page } = workbench;
    await workbench.activityIcon.click();
    await screenshot(page, 'welcome');
    await page.getByRole('button', { name: 'Run Benchmark…' }).last().click();
    await workbench.accept('Speech to send');
    await workbench.question('How to send it');
    await screenshot(page, 'how-to-send');
    await workbench.quickChoices.filter({ hasText: 'Real time, 2 at once' }).click();
    await workbench.question('Enter starts');
    await screenshot(page, 'dry-run');
    await workbench.accept('Enter starts');
    await page.locator('.notification-list-item').first().waitFor();
    const badge = page.locator('.activitybar .badge-content').filter({ hasText: '1' });
    await badge.waitFor();
    await screenshot(page, 'running');
    const run = workbench.runEditor;
    await run.getByRole('heading', { name: 'Sessions' }).waitFor({ timeout: mostMs });
    const tookMs = performance.now() - startedMs;
    await screenshot(page, 'first-run');
    console.log(`from the welcome view to the figures: ${(tookMs / 1000).toFixed(0)} s`);
    assert.ok(tookMs < mostMs, `${tookMs} ms`);
    const text = (await run.locator('#run').textContent()) ?? '';
    assert.match(text, /WER/);
    assert.match(text, /TTFT/);
    await badge.waitFor({ state: 'hidden' });
    const saved = await readdir(path.join(folder, 'benchmarks'));
    assert.equal(saved.filter((name) => name.endsWith('.rtbench.json')).length, 1);
    assert.deepEqual(workbench.cspViolations, []);
  });
});
