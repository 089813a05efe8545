import assert from 'node:assert/strict';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { FrameLocator, Locator } from 'playwright-core';
import { Cleanup } from '../../support/cleanup.ts';
import { installedVsix } from '../../support/installedVsix.ts';
import { skipWithoutChromium } from '../../support/launchChromium.ts';
import { brokenUtterances, measureRuns, type MeasuredRuns } from '../../support/measuredRuns.ts';
import { screenshot } from '../../support/screenshot.ts';
import { until } from '../../support/until.ts';
import { Workbench } from '../../support/workbench.ts';

/** Every kind of theme that VS Code knows. */
const themes = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  'high-contrast': 'Default High Contrast',
} as const;

describe('measured runs in the compare editor', { skip: skipWithoutChromium() }, () => {
  const opened = new Cleanup();
  let workbench: Workbench;
  let workspace: string;
  let files: MeasuredRuns;

  before(async () => {
    const installed = opened.add(await installedVsix('newest'), (vsix) => vsix.remove());
    workspace = opened.add(await mkdtemp(path.join(os.tmpdir(), 'rtbench-compare-')), (dir) =>
      rm(dir, { recursive: true, force: true }),
    );
    files = await measureRuns(workspace);
    const settings = { 'files.simpleDialog.enable': true };
    workbench = opened.add(await Workbench.open(installed, { workspace, settings }), (window) =>
      window.close(),
    );
  });
  after(() => opened.run());

  function page(): FrameLocator {
    return workbench.runEditor;
  }

  function inExplorer(file: string): Locator {
    return workbench.page.getByRole('treeitem', { name: path.basename(file) });
  }

  /** Compares two files by the explorer's menu; the one that was measured first is the baseline. */
  async function compareSelected(one: string, other: string): Promise<void> {
    await inExplorer(one).click();
    // Until its editor is there, the explorer may still choose the file anew.
    await page().getByRole('grid', { name: 'Sessions' }).waitFor();
    await inExplorer(other).click({ modifiers: ['ControlOrMeta'] });
    const comparison = page().getByRole('grid', { name: 'Primary metrics' });
    await workbench.chooseFromMenu(inExplorer(other), 'Compare Selected Runs', comparison);
  }

  /** The row of a metric, by its short name. */
  function row(short: string): Locator {
    const exact = page().getByText(short, { exact: true });
    return page().locator('.metrics-primary .grid-row').filter({ has: exact }).first();
  }

  async function verdictOf(short: string): Promise<string> {
    return row(short).locator('.verdict-word').innerText();
  }

  function conclusion(): Promise<string> {
    return page().locator('.conclusion').first().innerText();
  }

  it('finds no change between two runs of the same server', async () => {
    await compareSelected(files.first, files.again);
    assert.doesNotMatch(await conclusion(), /regressed|improved/i);
    for (const short of ['TTFT', 'Tail', 'WER']) {
      assert.match(await verdictOf(short), /^(equivalent|no significant change)$/, short);
    }
    await screenshot(workbench.page, 'compare-same');
    assert.deepEqual(workbench.cspViolations, []);
  });

  it('finds the 60 ms that a server adds to every delta', async () => {
    await workbench.closeEditors();
    await compareSelected(files.first, files.later);
    assert.match(await conclusion(), /^Regressed/);
    for (const short of ['TTFT', 'Tail']) {
      assert.equal(await verdictOf(short), 'regressed', short);
      const interval = await row(short).locator('.col-interval').innerText();
      const [low, high] = [...interval.matchAll(/[+−]?\d+(?:\.\d+)?/g)].map(([end]) => Number(end));
      // What is shown counts milliseconds.
      assert.ok(low! <= 60.5 && high! >= 59.5, `${short} ${interval}`);
      assert.ok(high! - low! < 20, `${short} ${interval}`);
    }
  });

  it('goes from difference to difference by keys', async () => {
    const chosen = page().locator('.metrics-primary .grid-row[aria-selected="true"]');
    await page().getByRole('grid', { name: 'Primary metrics' }).focus();
    const before = await chosen.innerText();
    await workbench.page.keyboard.press('F7');
    await until(async () => (await chosen.innerText()) !== before, 'the next difference');
    await workbench.page.keyboard.press('Shift+F7');
    await until(async () => (await chosen.innerText()) === before, 'the difference before');
  });

  it('comes back with its window', async () => {
    // Unlike a reload of the page, this one has VS Code keep its tabs first.
    await workbench.command('Developer: Reload Window');
    await workbench.page.waitForEvent('load');
    await page().getByRole('grid', { name: 'Primary metrics' }).waitFor();
    assert.match(await conclusion(), /^Regressed/);
  });

  it('names first the utterances in which words broke, and plays their words', async () => {
    await workbench.closeEditors();
    await compareSelected(files.first, files.broken);
    assert.equal(await verdictOf('WER'), 'regressed');
    await row('WER').click();
    const listed = page().locator('.utterance-table .grid-row');
    const names = async () =>
      (await listed.locator('.col-name').allInnerTexts()).map((name) => Number(name.slice(1)));
    await until(async () => (await names()).length > brokenUtterances, 'the utterances');
    const broken = Array.from({ length: brokenUtterances }, (_, at) => at + 1);
    await until(async () => {
      const first = (await names()).slice(0, brokenUtterances);
      return first.toSorted((one, other) => one - other).join() === broken.join();
    }, 'the broken utterances first');
    await listed.first().click();
    const pane = page().getByRole('region', { name: 'Utterance', exact: true });
    await pane.getByText('burn', { exact: true }).first().waitFor();
    await until(async () => (await pane.locator('audio').count()) > 0, 'the sound');
    await pane.scrollIntoViewIfNeeded();
    await screenshot(workbench.page, 'compare-utterance');
    assert.deepEqual(workbench.cspViolations, []);
  });

  it('shows both sessions of an utterance on the timeline', async () => {
    await page().getByRole('button', { name: 'Show on Timeline' }).click();
    await until(async () => (await page().locator('.lane').count()) === 2, 'two lanes');
    await workbench.page.getByRole('tab', { name: /^first ↔ broken/ }).click();
    await page().getByRole('grid', { name: 'Primary metrics' }).waitFor();
  });

  it('takes in a third run, and shows all over time', async () => {
    await page().getByRole('button', { name: 'Add Run…' }).click();
    await workbench.choose('Run to compare with', 'later');
    await page()
      .getByRole('heading', { name: /Comparison of 3 runs/ })
      .waitFor();
    await page().getByRole('heading', { name: 'Over time' }).waitFor();
    await screenshot(workbench.page, 'compare-three');
  });

  it('saves a report that opens by itself', async () => {
    await page().getByRole('button', { name: 'Export' }).click();
    await page().getByRole('menuitem', { name: /^HTML/ }).click();
    await workbench.page.getByText('Save comparison.html').waitFor();
    await workbench.page.keyboard.press('Enter');
    await workbench.notification('Saved comparison.html').waitFor();
    const target = path.join(workspace, 'comparison.html');
    const text = await readFile(target, 'utf8');
    assert.match(text, /<svg class="plot"/);
    assert.doesNotMatch(text, /<script|src="http/);
  });

  it('follows its files, and names one that is gone', async () => {
    await workbench.closeEditors();
    await compareSelected(files.first, files.later);
    const text = await readFile(files.later, 'utf8');
    await writeFile(files.later, text.replace('"title": "later"', '"title": "renamed"'));
    await page().getByText('renamed').first().waitFor();
    await rename(files.later, `${files.later}.gone`);
    await page()
      .getByText(/later\.rtbench\.json.*(cannot be read|not there|gone)/)
      .first()
      .waitFor();
    await screenshot(workbench.page, 'compare-gone');
    await rename(`${files.later}.gone`, files.later);
    await page().getByRole('grid', { name: 'Primary metrics' }).waitFor();
  });

  for (const [name, theme] of Object.entries(themes)) {
    it(`can be read: ${name}`, async () => {
      await workbench.set({ 'workbench.colorTheme': theme });
      await page().locator(`body.vscode-${name}`).waitFor();
      await page().getByRole('grid', { name: 'Primary metrics' }).focus();
      await screenshot(workbench.page, `compare-${name}`);
      assert.deepEqual(workbench.cspViolations, []);
    });
  }
});
