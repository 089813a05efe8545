import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { axeProblems } from '../../support/axeProblems.ts';
import { Cleanup } from '../../support/cleanup.ts';
import { exampleFiles } from '../../support/exampleFiles.ts';
import { makeExampleWorkspace, type ExampleWorkspace } from '../../support/exampleWorkspace.ts';
import { installedVsix } from '../../support/installedVsix.ts';
import { skipWithoutChromium } from '../../support/launchChromium.ts';
import { screenshot } from '../../support/screenshot.ts';
import { until } from '../../support/until.ts';
import { Workbench } from '../../support/workbench.ts';

const themes = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  'high-contrast': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
};

const states = {
  invalidJson: 'The file is not valid JSON',
  newerFormat: 'The run was saved by a newer RTBench',
  notARun: 'The file is not a benchmark run',
  damaged: 'The run cannot be read',
  emptyRun: 'No session has ended',
} as const;

describe('run files in the workbench', { skip: skipWithoutChromium() }, () => {
  const opened = new Cleanup();
  let folder: ExampleWorkspace;
  let workbench: Workbench;

  before(async () => {
    const installed = opened.add(await installedVsix('newest'), (vsix) => vsix.remove());
    folder = opened.add(await makeExampleWorkspace(), (example) => example.remove());
    const options = { workspace: folder.dir };
    workbench = opened.add(await Workbench.open(installed, options), (window) => window.close());
  });
  afterEach(() => workbench.closeEditors());
  after(() => opened.run());

  for (const [kind, theme] of Object.entries(themes)) {
    it(`show their figures, accessibly and within their policy: ${kind}`, async () => {
      await workbench.set({ 'workbench.colorTheme': theme });
      await workbench.openFile(exampleFiles.run);
      const run = workbench.runEditor;
      await run.locator(`body.vscode-${kind}`).waitFor();
      await run.getByRole('row', { name: /goodbye/ }).click();
      await run.getByRole('heading', { name: 'Metrics' }).waitFor();
      await screenshot(workbench.page, `run-${kind}`);
      assert.deepEqual(await axeProblems(await workbench.runEditorFrame()), []);
      assert.deepEqual(workbench.cspViolations, []);
    });
  }

  it('show a delta on the timeline, blank ones too', async () => {
    await workbench.openFile(exampleFiles.run);
    const run = workbench.runEditor;
    await run.getByRole('row', { name: /goodbye/ }).click();
    const deltas = run.locator('.deltas .grid-row');
    await deltas.first().waitFor();
    // The first one is blank.
    assert.match(await deltas.first().innerText(), /blank/);
    await deltas.first().dblclick();
    const timeline = workbench.runEditor;
    await timeline.getByRole('heading', { name: 'Delta 1 of' }).waitFor();
    await timeline.locator('.timeline-ring').waitFor();
    await screenshot(workbench.page, 'timeline-of-delta');
  });

  for (const [state, title] of Object.entries(states)) {
    it(`say what is wrong: ${state}`, async () => {
      await workbench.openFile(exampleFiles[state as keyof typeof states]);
      const run = workbench.runEditor;
      await run.getByRole('heading', { name: title }).waitFor();
      await screenshot(workbench.page, `state-${state}`);
      assert.deepEqual(await axeProblems(await workbench.runEditorFrame()), []);
      if (state === 'emptyRun') return;
      await run.getByRole('button', { name: 'Open as Text' }).click();
      await workbench.textEditor.waitFor();
    });
  }

  it('are listed with their figures', async () => {
    await workbench.showViews();
    const { runs } = workbench;
    await runs.getByRole('treeitem', { name: /local on clips/ }).waitFor();
    for (const title of ['First', 'Second']) {
      await runs.getByRole('treeitem', { name: new RegExp(`${title}.*WER`) }).waitFor();
    }
    await screenshot(workbench.page, 'runs-view');
  });

  it('take a new title, which can be undone, saved and reverted', async () => {
    const { page } = workbench;
    const title = 'A better title';
    const saved = (): Promise<string> =>
      readFile(path.join(folder.dir, exampleFiles.secondRun), 'utf8');
    await workbench.openFile(exampleFiles.secondRun);
    const field = workbench.runEditor.getByRole('textbox', { name: 'Title of the run' });
    await field.click();
    await field.fill(title);
    await page.locator('.tab.active.dirty').waitFor();
    await workbench.command('Undo');
    await page.locator('.tab.active:not(.dirty)').waitFor();
    await until(async () => (await field.inputValue()) === 'Second', 'the old title in the field');
    await field.click();
    await field.fill(title);
    await page.keyboard.press('Control+S');
    await page.locator('.tab.active:not(.dirty)').waitFor();
    await until(async () => (await saved()).includes(`"title": "${title}"`), 'the title on disk');
    await workbench.showViews();
    await page.getByRole('treeitem', { name: new RegExp(title) }).waitFor();
  });
});
