import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { FrameLocator, Locator } from 'playwright-core';
import { writeRunFile } from '../../../src/runfile/writeRunFile.ts';
import { Cleanup } from '../../support/cleanup.ts';
import { installedVsix } from '../../support/installedVsix.ts';
import { skipWithoutChromium } from '../../support/launchChromium.ts';
import { screenshot } from '../../support/screenshot.ts';
import { transcriptRun } from '../../support/transcriptRun.ts';
import { until } from '../../support/until.ts';
import { Workbench } from '../../support/workbench.ts';

/** The themes and what VS Code calls their kinds. */
const themes = {
  light: { theme: 'Default Light Modern', kind: 'vs' },
  dark: { theme: 'Default Dark Modern', kind: 'vs-dark' },
  'high-contrast': { theme: 'Default High Contrast', kind: 'hc-black' },
  'high-contrast-light': { theme: 'Default High Contrast Light', kind: 'hc-light' },
};

/** In the page: the word that is outlined, as the one at a playhead is. */
const outlinedWord = `(() => {
  const marks = [...document.querySelectorAll('.view-overlays .cdr')];
  const mark = marks.find((one) => getComputedStyle(one).outlineStyle === 'solid');
  if (!mark) return null;
  const { left, top, height } = mark.getBoundingClientRect();
  const caret = document.caretRangeFromPoint(left + 3, top + height / 2);
  const text = caret?.startContainer.textContent ?? '';
  const at = caret?.startOffset ?? 0;
  const before = /[^\\s\\u00a0]*$/.exec(text.slice(0, at))[0];
  return before + /^[^\\s\\u00a0]*/.exec(text.slice(at))[0];
})()`;

describe('a transcript', { skip: skipWithoutChromium() }, () => {
  const opened = new Cleanup();
  let workbench: Workbench;

  before(async () => {
    const installed = opened.add(await installedVsix('newest'), (vsix) => vsix.remove());
    const folder = opened.add(await mkdtemp(path.join(os.tmpdir(), 'rtbench-transcript-')), (dir) =>
      rm(dir, { recursive: true, force: true }),
    );
    await writeRunFile(path.join(folder, 'first.rtbench.json'), transcriptRun('First'));
    await writeRunFile(path.join(folder, 'second.rtbench.json'), transcriptRun('Second', 600));
    workbench = opened.add(await Workbench.open(installed, { workspace: folder }), (window) =>
      window.close(),
    );
  });
  after(() => opened.run());

  function editor(): Locator {
    return workbench.textEditor;
  }

  /** Lines of the text as they are seen, with what is shown between the words. */
  async function shownText(): Promise<string> {
    const text = await editor().locator('.view-lines').innerText();
    return text.replaceAll('\u00a0', ' ');
  }

  async function shows(text: string | RegExp): Promise<void> {
    const matches = async () => {
      const shown = await shownText();
      return typeof text === 'string' ? shown.includes(text) : text.test(shown);
    };
    await until(matches, `the text ${text.toString()}`, 60_000);
  }

  function word(text: string): Locator {
    return editor().locator('.view-line span').getByText(text, { exact: false }).last();
  }

  function outlined(): Promise<string | null> {
    return workbench.page.evaluate(outlinedWord);
  }

  /** The word at the playhead, once it is one of these. */
  async function outlinedWordOf(wanted: RegExp): Promise<string> {
    const matches = async () => wanted.test((await outlined()) ?? '');
    await until(matches, `the word ${wanted.toString()} at the playhead`, 60_000);
    return (await outlined()) ?? '';
  }

  function timeline(): FrameLocator {
    return workbench.runEditor;
  }

  it('opens from a session in the run editor, with its errors and gaps', async () => {
    await workbench.openFile('first.rtbench.json');
    await workbench.runEditor
      .getByRole('row', { name: /three-sentences/ })
      .first()
      .click();
    await workbench.runEditor.getByRole('button', { name: 'Transcript' }).click();
    await shows('Lissabon');
    await shows(/\+\d+ ms/);
    await workbench.lens('Timings: gaps').waitFor();
    await screenshot(workbench.page, 'transcript-gaps');
  });

  it('says lag and revisions in turn', async () => {
    await workbench.lens('Timings: gaps').click();
    await workbench.lens('Timings: lag').waitFor();
    await shows(/lights in\s*\d+ ms/);
    await screenshot(workbench.page, 'transcript-lag');
    await workbench.command('RTBench: Transcript: Toggle Timings');
    await shows(/×\d/);
  });

  for (const [name, { theme, kind }] of Object.entries(themes)) {
    it(`shows revisions and errors: ${name}`, async () => {
      await workbench.set({ 'workbench.colorTheme': theme });
      await workbench.page.locator(`.monaco-workbench.${kind}`).waitFor();
      await shows('Lissabon');
      await screenshot(workbench.page, `transcript-${name}`);
    });
  }

  it('says of a word what made it, as text', async () => {
    const { theme, kind } = themes.dark;
    await workbench.set({ 'workbench.colorTheme': theme });
    await workbench.page.locator(`.monaco-workbench.${kind}`).waitFor();
    await word('Lissabon').hover();
    const hover = workbench.page
      .locator('.monaco-hover-content')
      .filter({ hasText: 'First shown' });
    await hover.waitFor();
    await hover.getByText('onerror=alert').first().waitFor();
    assert.equal(await hover.locator('img').count(), 0);
    assert.equal(await hover.locator('.hover-contents a').count(), 0);
    await screenshot(workbench.page, 'transcript-hover');
    await workbench.page.mouse.move(900, 800);
    await hover.waitFor({ state: 'hidden' });
  });

  it('is gone through from error to error with the keyboard, which says what was said', async () => {
    await word('Please').click();
    const hover = workbench.page.locator('.monaco-hover-content');
    const stops = [/chicken\..*kitchen/s, /Lissabon.*Lisbon/s, /Missing: said was past/];
    for (const stop of stops) {
      await workbench.page.keyboard.press('F8');
      await hover.filter({ hasText: stop }).waitFor();
    }
    await screenshot(workbench.page, 'transcript-next-error');
    await workbench.page.keyboard.press('Shift+F8');
    await hover.filter({ hasText: stops[1]! }).waitFor();
    await workbench.page.keyboard.press('Escape');
    await hover.first().waitFor({ state: 'hidden' });
  });

  it('moves the playhead of its timeline', async () => {
    await word('quarter').click();
    await workbench.lens('Show on Timeline').click();
    await timeline().locator('.lane').first().waitFor();
    const sounding = timeline().locator('.words .sounding');
    // The click was on the middle of a stretch of words.
    const seen = await outlinedWordOf(/\w/);
    await sounding.filter({ hasText: seen }).first().waitFor();
    await word('Lissabon').click();
    await outlinedWordOf(/^Lissabon$/);
    await screenshot(workbench.page, 'transcript-seek');
  });

  it('follows the playhead, and leaves the focus where it is', async () => {
    const page = timeline().locator('.timeline');
    await page.press('Home');
    await until(async () => (await outlined()) === null, 'no word', 60_000);
    for (let presses = 0; presses < 3; presses += 1) await page.press('Control+ArrowRight');
    await outlinedWordOf(/^off$/);
    await page.press(' ');
    await outlinedWordOf(/^(lights|in|the|chicken\.)$/);
    await page.press(' ');
    await screenshot(workbench.page, 'transcript-follows');
    assert.equal(await timeline().locator('.timeline:focus').count(), 1);
    assert.deepEqual(workbench.cspViolations, []);
  });

  it('comes back with its window, and with its timeline', async () => {
    // Unlike a reload of the page, this one has VS Code keep its tabs first.
    await workbench.command('Developer: Reload Window');
    await workbench.page.waitForEvent('load');
    await shows('Lissabon');
    await timeline().locator('.lane').first().waitFor();
    await shows(/×3/);
    await word('quarter').click();
    await outlinedWordOf(/\w/);
    await screenshot(workbench.page, 'transcript-restored');
  });

  it('is compared with another in a diff editor', async () => {
    await word('chicken').click();
    // The hover of a word covers the lenses.
    await workbench.page.mouse.move(900, 800);
    await workbench.lens('Compare Transcripts…').click();
    await workbench.choose('Compare three-sentences with which session?', 'steady');
    const diff = workbench.page.locator('.monaco-diff-editor');
    await diff.waitFor();
    await diff.getByText('Lisbon').waitFor();
    await screenshot(workbench.page, 'transcript-diff');
  });

  it('is one click from a run that is open as text, which has the same times', async () => {
    await workbench.command('View: Close All Editors');
    await workbench.openFile('first.rtbench.json');
    const session = workbench.runEditor.getByRole('row', { name: /three-sentences/ });
    await session.first().waitFor();
    await workbench.command('RTBench: Open Run as Text');
    await workbench.lens('Open Run').waitFor();
    await workbench.page.keyboard.press('Control+End');
    await shows(/lag \d+ ms/);
    await screenshot(workbench.page, 'run-text');
    await workbench.page.keyboard.press('Control+Shift+O');
    await workbench.page.keyboard.type('s00002');
    await workbench.quickChoice.filter({ hasText: 's00002' }).waitFor();
    await workbench.page.keyboard.press('Enter');
    await shows(/"s00002"\s*TTFT \d+ ms/);
    await screenshot(workbench.page, 'run-text-session');
    await workbench.lens('Show on Timeline').last().click();
    await timeline().locator('.lane').first().waitFor();
    await screenshot(workbench.page, 'run-text-timeline');
  });
});
