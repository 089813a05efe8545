import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import type { FrameLocator, Locator } from 'playwright-core';
import { writeRunFile } from '../../../src/runfile/writeRunFile.ts';
import { Cleanup } from '../../support/cleanup.ts';
import { comparedRun, type ComparedRunOptions } from '../../support/comparedRuns.ts';
import { installedVsix } from '../../support/installedVsix.ts';
import { skipWithoutChromium } from '../../support/launchChromium.ts';
import { screenshot } from '../../support/screenshot.ts';
import { Workbench } from '../../support/workbench.ts';

const execute = promisify(execFile);

/** Runs of one plan, one per day, the first of which was committed and then changed. */
async function makeRepository(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'rtbench-ways-in-'));
  const save = (name: string, day: number, options: ComparedRunOptions) => {
    const run = comparedRun({ ...options, title: name });
    const info = { ...run.info, startedAt: `2026-01-0${day}T03:04:05.678Z` };
    return writeRunFile(path.join(folder, `${name}.rtbench.json`), { ...run, info });
  };
  await save('Base', 1, { seed: 1 });
  await save('Again', 2, { seed: 2 });
  await save('Slower', 3, { seed: 3, laterMs: 60 });
  const git = (...args: string[]) => execute('git', args, { cwd: folder });
  await git('init', '-q');
  await git('add', '.');
  const who = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
  await git(...who, 'commit', '-q', '-m', 'Runs');
  const base = path.join(folder, 'Base.rtbench.json');
  await writeFile(base, (await readFile(base, 'utf8')).replace('"Base"', '"Base changed"'));
  return folder;
}

describe('ways to a comparison', { skip: skipWithoutChromium() }, () => {
  const opened = new Cleanup();
  let workbench: Workbench;
  let workspace: string;

  before(async () => {
    const installed = opened.add(await installedVsix('newest'), (vsix) => vsix.remove());
    workspace = opened.add(await makeRepository(), (dir) =>
      rm(dir, { recursive: true, force: true }),
    );
    workbench = opened.add(await Workbench.open(installed, { workspace }), (window) =>
      window.close(),
    );
  });
  after(() => opened.run());

  function run(title: string): Locator {
    return workbench.runs.getByRole('treeitem', { name: new RegExp(`^${title}`) });
  }

  /** Opens the diff of the changed run, as source control does. */
  async function openChanges(): Promise<void> {
    const { page } = workbench;
    const view = page.locator('.activitybar').getByRole('tab', { name: /^Source Control/ });
    // A click on the icon of the shown view would hide it.
    if ((await view.getAttribute('aria-selected')) !== 'true') await view.click();
    await page.getByRole('treeitem', { name: /^Base\.rtbench\.json/ }).click();
  }

  /** A side of a diff of run editors. */
  function pane(side: 'original' | 'modified'): FrameLocator {
    return workbench.page
      .locator(`iframe.webview.${side}`)
      .contentFrame()
      .frameLocator('iframe#active-frame');
  }

  it('shows what became of each run since the starred one', async () => {
    await workbench.showViews();
    const starred = run('Base changed, baseline');
    await workbench.chooseFromMenu(run('Base changed'), 'Star as Baseline', starred);
    await run('Slower, against the baseline: regressed').waitFor();
    await run('Again, against the baseline: (no change|undecided)').waitFor();
    await run('Slower').hover();
    await screenshot(workbench.page, 'runs-verdicts');
  });

  it('keeps the star when the window is opened again', async () => {
    await workbench.show(workspace);
    await workbench.showViews();
    await run('Base changed, baseline').waitFor();
    await run('Slower, against the baseline: regressed').waitFor();
  });

  it('compares the runs that are selected in the view, the starred one being the baseline', async () => {
    await run('Slower').click({ modifiers: ['Control'] });
    await run('Base changed').click({ modifiers: ['Control'] });
    const tab = workbench.page.getByRole('tab', { name: /^Base changed ↔ Slower/ });
    await workbench.chooseFromMenu(run('Base changed'), 'Compare Selected Runs', tab);
    await workbench.runEditor.getByText('regressed').filter({ visible: true }).first().waitFor();
    await screenshot(workbench.page, 'compare-selected');
  });

  it('goes one difference further with each press of a key, as with the commands', async () => {
    const chosen = workbench.runEditor.locator('.metrics-primary .grid-row[aria-selected="true"]');
    const isChosen = (metric: string) => chosen.filter({ hasText: metric }).waitFor();
    await workbench.runEditor.getByRole('grid', { name: 'Primary metrics' }).focus();
    await isChosen('TTFT speech');
    for (const metric of ['WEL p95', 'TTFS']) {
      await workbench.page.keyboard.press('F7');
      await isChosen(metric);
    }
    // Its effect comes after all that the keys may have caused.
    await workbench.command('RTBench: Compare: Previous Difference');
    await isChosen('WEL p95');
    await workbench.closeEditors();
  });

  it('leads from the text diff of a run to the comparison of its versions', async () => {
    await openChanges();
    const open = workbench.page.getByRole('button', { name: 'Open Comparison' });
    await open.waitFor();
    await screenshot(workbench.page, 'compare-text-diff');
    await open.click();
    await workbench.page.getByRole('tab', { name: /↔/ }).waitFor();
    await workbench.runEditor.locator('#compare').waitFor();
    await workbench.closeEditors();
  });

  it('links the panes of a diff of run editors', async () => {
    await openChanges();
    await workbench.page.getByRole('button', { name: 'Open Comparison' }).waitFor();
    await workbench.command('View: Reopen Editor With...');
    await workbench.choose('Select editor', 'RTBench Run');
    for (const side of ['original', 'modified'] as const) {
      await pane(side).locator('.versions-banner').waitFor();
    }
    const chosen = pane('modified').locator('.pane-head h2');
    await pane('original').locator('.search input').fill('utt-033');
    await pane('original').locator('.grid-row').filter({ hasText: 'utt-033' }).click();
    await chosen.waitFor();
    assert.equal(await chosen.textContent(), 'utt-033');
    await screenshot(workbench.page, 'run-editor-diff');
    await pane('modified').getByRole('button', { name: 'Open Comparison' }).click();
    await workbench.page.getByRole('tab', { name: /↔/ }).last().waitFor();
    assert.deepEqual(workbench.cspViolations, []);
  });
});
