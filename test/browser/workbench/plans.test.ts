import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { parsePlanText } from '../../../src/planfile/parsePlanFile.ts';
import { writeRunFile } from '../../../src/runfile/writeRunFile.ts';
import { Cleanup } from '../../support/cleanup.ts';
import { exampleRun } from '../../support/exampleRun.ts';
import { makeExampleWorkspace, type ExampleWorkspace } from '../../support/exampleWorkspace.ts';
import { installedVsix } from '../../support/installedVsix.ts';
import { skipWithoutChromium } from '../../support/launchChromium.ts';
import { screenshot } from '../../support/screenshot.ts';
import { startScriptedVllmServer } from '../../support/scriptedVllmServer.ts';
import { Workbench } from '../../support/workbench.ts';

const plan = `{
  "name": "Nightly",
  "endpoints": ["embedded", { "id": "local", "url": "ws://localhost:8000" }, "nobody"],
  "datasets": ["speech", "missing"],
  "profiles": [{ "kind": "concurrent", "sessions": 1 }],
  "thresholds": [
    "ttft.p50 <= 1 ms",
    "wer <= 50 %",
    "ttfs.p95 < 800 ms",
  ],
  "outputFolder": "benchmarks",
}
`;

const judgedPlan = (url: string): string => `{
  "name": "Judged",
  "endpoints": [{ "id": "mine", "url": ${JSON.stringify(url)} }],
  "datasets": ["speech"],
  "pacing": { "speed": 10 },
  "thresholds": [
    "ttft.p50 <= 60 s",
    "wer <= 8 %",
  ],
}
`;

describe('plans in the workbench', { skip: skipWithoutChromium() }, () => {
  const opened = new Cleanup();
  let folder: ExampleWorkspace;
  let workbench: Workbench;

  before(async () => {
    const installed = opened.add(await installedVsix('newest'), (vsix) => vsix.remove());
    folder = opened.add(await makeExampleWorkspace(), (example) => example.remove());
    await writeFile(path.join(folder.dir, 'nightly.rtplan.json'), plan);
    // It says nothing that is in the speech.
    const server = opened.add(await startScriptedVllmServer(), (running) => running.close());
    await writeFile(path.join(folder.dir, 'judged.rtplan.json'), judgedPlan(server.url));
    await mkdir(path.join(folder.dir, 'benchmarks'));
    const run = exampleRun();
    for (const [dataset, month] of [
      ['speech', '01'],
      ['speech', '02'],
    ] as const) {
      const title = `Nightly, ${dataset}, 1 at once`;
      const startedAt = `2026-${month}-02T03:04:05.678Z`;
      const file = path.join(folder.dir, 'benchmarks', `${month}.rtbench.json`);
      await writeRunFile(file, { ...run, info: { ...run.info, title, startedAt } });
    }
    const options = { workspace: folder.dir };
    workbench = opened.add(await Workbench.open(installed, options), (window) => window.close());
  });
  after(() => opened.run());

  it('are tests, without being opened', async () => {
    const { page } = workbench;
    await page
      .locator('.activitybar')
      .getByRole('tab', { name: /^Testing/ })
      .click();
    const tests = page.locator('.test-explorer-tree');
    const judged = tests.getByRole('treeitem', { name: /^judged/ });
    await judged.waitFor();
    await tests.getByRole('treeitem', { name: /^nightly/ }).waitFor();
    await judged.click();
    await judged.getByRole('button', { name: /^Run Test/ }).click();
    await workbench.accept('Enter starts the benchmark');
    await judged.and(page.getByRole('treeitem', { name: /Failed/ })).waitFor();
    await tests.getByRole('treeitem', { name: /^ttft\.p50 <= 60 s.*Passed/ }).waitFor();
    const missed = tests.getByRole('treeitem', { name: /^wer <= 8 %.*Failed/ });
    await missed.waitFor();
    await page.locator('.test-output-peek-tree').getByText('wer <= 8 %').click();
    const difference = page.locator('.test-output-peek-message-container .monaco-diff-editor');
    await difference.getByText(/wer.=.87\.5.%/).waitFor();
    await difference.getByText(/wer.<=.8.%/).waitFor();
    await workbench.openFile('judged.rtplan.json');
    // The plan, at its name, and the threshold.
    const marks = page.locator('.editor-instance .testing-run-glyph.codicon-testing-failed-icon');
    await marks.nth(1).waitFor();
    await screenshot(page, 'plan-tests');
  });

  it('have lenses, marks, results and hovers', async () => {
    const { page } = workbench;
    await workbench.openFile('nightly.rtplan.json');
    await workbench
      .lens(/Compare.with.Last/)
      .first()
      .waitFor();
    await page.locator('.squiggly-error').first().waitFor();
    // Monaco draws spaces that do not break.
    const line = page.locator('.view-line').filter({ hasText: /ttft\.p50/ });
    await line.filter({ hasText: /✗\s[\d.]+\sms/ }).waitFor();
    await screenshot(page, 'plan');
    await line
      .getByText(/ttft/)
      .last()
      .hover({ position: { x: 40, y: 8 } });
    await page
      .locator('.monaco-hover:visible')
      .filter({ hasText: /Time.to.first.text/ })
      .first()
      .waitFor();
    await screenshot(page, 'plan-hover');
    assert.deepEqual(workbench.cspViolations, []);
  });

  it('link to the folder of their runs', async () => {
    const { page } = workbench;
    await page.locator('.view-line .detected-link').filter({ hasText: 'benchmarks' }).waitFor();
    await workbench.textEditor.click({ position: { x: 300, y: 400 } });
    for (const key of ['Control+End', 'ArrowUp', 'ArrowUp', 'End', 'ArrowLeft', 'ArrowLeft']) {
      await page.keyboard.press(key);
    }
    await workbench.command('Open Link');
    const shown = page.getByRole('treeitem', { name: /^benchmarks/ });
    await shown.and(page.locator('[aria-selected="true"]')).waitFor();
    await screenshot(page, 'plan-folder');
  });

  it('are created step by step, and never written over another', async () => {
    const { page } = workbench;
    for (const name of ['Every-night.rtplan.json', 'Every-night-2.rtplan.json']) {
      await workbench.command('RTBench: Create Plan…');
      await workbench.question('For example Nightly');
      await page.keyboard.type('Every night');
      await page.keyboard.press('Enter');
      await workbench.accept('Speech to send');
      await page.getByRole('tab', { name: new RegExp(`^${name}`) }).waitFor();
      const { plan: created } = parsePlanText(await readFile(path.join(folder.dir, name), 'utf8'));
      assert.equal(created?.name, 'Every night');
    }
    await screenshot(page, 'created-plan');
  });

  it('are listed where there are some', async () => {
    await workbench.showViews();
    await workbench.page.getByRole('treeitem', { name: /^nightly/ }).waitFor();
    await screenshot(workbench.page, 'plans-view');
  });
});
