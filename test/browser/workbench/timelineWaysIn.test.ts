import assert from 'node:assert/strict';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { FrameLocator } from 'playwright-core';
import { Cleanup } from '../../support/cleanup.ts';
import { installedVsix } from '../../support/installedVsix.ts';
import { skipWithoutChromium } from '../../support/launchChromium.ts';
import { movedAudioTitle, writeRunOfMovedAudio } from '../../support/movedAudio.ts';
import { screenshot } from '../../support/screenshot.ts';
import { startScriptedVllmServer } from '../../support/scriptedVllmServer.ts';
import { until } from '../../support/until.ts';
import { Workbench } from '../../support/workbench.ts';

const opus = path.join(import.meta.dirname, '..', '..', 'fixtures', 'audio', 'opus.opus');

describe('ways to the timeline', { skip: skipWithoutChromium() }, () => {
  const opened = new Cleanup();
  let workbench: Workbench;

  before(async () => {
    const installed = opened.add(await installedVsix('newest'), (vsix) => vsix.remove());
    const server = opened.add(await startScriptedVllmServer({ words: ['hello'] }), (started) =>
      started.close(),
    );
    const folder = opened.add(await mkdtemp(path.join(os.tmpdir(), 'rtbench-ways-')), (dir) =>
      rm(dir, { recursive: true, force: true }),
    );
    await writeRunOfMovedAudio(folder);
    await copyFile(opus, path.join(folder, 'sweep.opus'));
    const endpoint = { name: 'Scripted', url: server.url, dialect: 'vllm-realtime' };
    const options = { workspace: folder, settings: { 'rtbench.endpoints': [endpoint] } };
    workbench = opened.add(await Workbench.open(installed, options), (window) => window.close());
  });
  after(() => opened.run());

  function page(): FrameLocator {
    return workbench.runEditor;
  }

  it('from the Runs view, and into another group of editors with what was chosen', async () => {
    await workbench.showViews();
    const run = workbench.runs.getByRole('treeitem', { name: movedAudioTitle });
    await workbench.chooseFromMenu(run, 'Open Timeline', workbench.quickChoice);
    await workbench.accept('Timeline of which session?');
    await page().locator('.lane').waitFor();
    await page().locator('.timeline').press('ArrowRight');
    const chosen = page().locator('.timeline-ring');
    await chosen.waitFor();
    const place = await chosen.getAttribute('data-at-ms');
    await workbench.command('View: Move Editor into Right Group');
    await page().locator('.lane').waitFor();
    await until(async () => (await chosen.getAttribute('data-at-ms')) === place, 'the delta');
    await screenshot(workbench.page, 'timeline-moved');
    await workbench.closeEditors();
  });

  it('from audio that VS Code cannot play, which is heard decoded', async () => {
    await workbench.page
      .locator('.activitybar')
      .getByRole('tab', { name: /^Explorer/ })
      .click();
    const audio = workbench.page.getByRole('treeitem', { name: 'sweep.opus' });
    const lenses = workbench.page.locator('.codelens-decoration');
    await workbench.chooseFromMenu(audio, 'Transcribe with…', lenses.first());
    // Until the text is complete, Timeline is another command: it watches the session.
    await workbench.lens('Open Run').waitFor();
    await workbench.lens('Timeline').click();
    await page().locator('.lane').waitFor();
    const duration = () =>
      page()
        .locator('audio')
        .evaluate((audio) => Number(Reflect.get(audio, 'duration')));
    await until(async () => Math.abs((await duration()) - 0.2) < 0.05, 'the sound');
    await screenshot(workbench.page, 'timeline-opus');
    assert.deepEqual(workbench.cspViolations, []);
  });
});
