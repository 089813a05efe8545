import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchChromium, skipWithoutChromium } from '../../support/launchChromium.ts';
import { screenshot } from '../../support/screenshot.ts';
import { until } from '../../support/until.ts';
import { startCompareHost } from '../../support/webview/compareHost.ts';
import { slower } from '../../support/webview/compareFixtures.ts';
import type { ComparePageDriver } from '../../support/webview/comparePageDriver.ts';
import {
  changedWords,
  checkUtterances,
  speechSamples,
  spokenDetail,
  textDetail,
  utteranceRows,
  type UtteranceOptions,
} from '../../support/webview/compareUtteranceFixtures.ts';
import type { PageHost } from '../../support/webview/pageHost.ts';
import { sentLast } from '../../support/webview/sentLast.ts';
import { wavOf } from '../../support/webview/timelineFixtures.ts';
import { themeKinds } from '../../support/webview/webviewTheme.ts';

const pair = slower.pairs[0]!.key;
const rows = utteranceRows(40);

const tableRow = (page: Page, at: number) => page.locator('.utterance-table .grid-row').nth(at);
const chosen = (page: Page) =>
  page.locator('.utterance-table .grid-row[aria-selected="true"] .col-name span').first();
const selectedWord = '.word-column[aria-selected="true"]';

async function openDetail(page: Page, at = 1): Promise<void> {
  await tableRow(page, at).click();
  await page.locator('.utterance-content:not(.waiting)').waitFor();
}

/** Seconds and milliseconds that the playhead shows, in milliseconds. */
async function playheadMs(page: Page): Promise<number> {
  const shown = await page.locator('.sessions-bar .time-now').innerText();
  const [minutes, seconds] = shown.split(' / ')[0]!.split(':');
  return (Number(minutes) * 60 + Number(seconds)) * 1000;
}

async function untilPaused(page: Page): Promise<void> {
  await page.locator('.play[aria-label="Play"]').waitFor({ timeout: 10_000 });
}

describe('utterances of a comparison', { skip: skipWithoutChromium(), concurrency: false }, () => {
  let host: PageHost;
  let browser: Browser;
  let playUri: string;

  before(async () => {
    host = await startCompareHost();
    browser = await launchChromium();
    playUri = host.offer('speech.wav', wavOf(speechSamples));
  });

  after(async () => {
    await browser.close();
    await host.close();
  });

  const withPage = (
    options: UtteranceOptions,
    check: (driver: ComparePageDriver) => Promise<void>,
  ) => checkUtterances({ browser, host }, { playUri, rows, ...options }, check);

  test('ranks the utterances of the chosen metric, with status changes in words', () =>
    withPage({}, async ({ page, sent }) => {
      const key = slower.pairs[0]!.rows[0]!.key;
      assert.ok(sent.some((one) => one.type === 'utterances' && one.key === key));
      const first = await tableRow(page, 0).innerText();
      assert.match(first, /utt-broken[\s\S]*success[\s\S]*then[\s\S]*failed/);
      const worst = await tableRow(page, 1).locator('.delta-figure').textContent();
      assert.equal(worst, `+${Math.round(rows[1]!.delta!)} ms, worse`);
      // Another metric, other rows.
      await page.locator('.metrics-primary .grid-row').nth(1).click();
      const other = slower.pairs[0]!.rows[1]!.key;
      await sentLast(sent, { type: 'utterances', pair, key: other });
    }));

  test('sorts and filters', () =>
    withPage({}, async ({ page }) => {
      const head = page.locator('.utterance-table [role=columnheader]');
      await head.getByText('Utterance').click();
      assert.match(await tableRow(page, 0).innerText(), /utt-00000/);
      await page.locator('.utterance-filter input').fill('utt-0001 empty');
      await page.getByText('1 of 41', { exact: true }).waitFor();
      assert.match(await tableRow(page, 0).innerText(), /utt-00019/);
    }));

  test('ten thousand rows are few elements, and the points walk by rank', () =>
    withPage({ rows: utteranceRows(10_000) }, async ({ page, sent }) => {
      await page.evaluate(`document.querySelector('.utterance-table .grid').scrollTo(0, 120000)`);
      await page.locator('#utterances-row-5000').waitFor();
      const count = await page.locator('.utterance-table *').count();
      assert.ok(count < 1500, `${count} elements`);
      const scatter = page.locator('.scatter');
      await scatter.focus();
      await page.keyboard.press('Home');
      const worst = utteranceRows(10_000)[1]!;
      assert.match((await scatter.getAttribute('aria-valuetext'))!, new RegExp(`^${worst.id}, A `));
      await page.keyboard.press('ArrowRight');
      const second = utteranceRows(10_000)[2]!;
      assert.equal(await chosen(page).innerText(), second.id);
      await sentLast(sent, { type: 'utterance', pair, id: second.id, repeat: 0 });
      await screenshot(page, 'compare-utterances-10000');
    }));

  test('a click on a point chooses its row; the scale can be logarithmic', () =>
    withPage({}, async ({ page }) => {
      await tableRow(page, 1).click();
      const ring = page.locator('.point-ring');
      const place = () =>
        page.evaluate<string>(`document.querySelector('.point-ring').style.transform`);
      const linear = await place();
      await page.locator('.utterance-list').getByRole('radio', { name: 'Log' }).click();
      await until(async () => (await place()) !== linear, 'another place');
      const box = (await ring.boundingBox())!;
      await tableRow(page, 3).click();
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
      assert.equal(await chosen(page).innerText(), rows[1]!.id);
      assert.match(
        await page.locator('.scatter .timeline-tooltip').innerText(),
        new RegExp(rows[1]!.id),
      );
    }));

  test('goes from difference to difference, among utterances and within one', () =>
    withPage({}, async ({ page }) => {
      await openDetail(page, 1);
      await page.locator('.utterance-table .grid').focus();
      await page.keyboard.press('F7');
      assert.equal(await chosen(page).innerText(), rows[2]!.id);
      await page.locator('.utterance-content:not(.waiting)').waitFor();
      await page.locator('.word-columns').focus();
      const label = () => page.locator(`${selectedWord} .spoken`).textContent();
      assert.equal(await label(), `said “${changedWords.wrong}”, A equal, B “whirled” instead`);
      await page.keyboard.press('F7');
      assert.equal(await label(), `said “${changedWords.out}”, A equal, B left it out`);
      await page.keyboard.press('F7');
      assert.equal(await label(), 'nothing said, A nothing, B added “again”');
      await page.keyboard.press('F7');
      assert.equal(await chosen(page).innerText(), rows[3]!.id);
    }));

  test('marks words by line and text, and walks them with the keyboard', () =>
    withPage({}, async ({ page }) => {
      await openDetail(page);
      const lines = await page.evaluate<string[]>(`[...document.querySelectorAll(
        '.word-columns .token-substitute, .word-columns .token-delete, .word-columns .token-insert')]
        .map((one) => one.className + ' ' + getComputedStyle(one).textDecorationStyle + ' ' +
          getComputedStyle(one).textDecorationLine)`);
      assert.ok(lines.includes('token token-substitute wavy underline'), lines.join());
      assert.ok(lines.includes('token token-delete solid line-through'), lines.join());
      assert.ok(lines.includes('token token-insert double underline'), lines.join());
      await page.locator('.word-columns').focus();
      await page.keyboard.press('Home');
      await page.keyboard.press('ArrowRight');
      assert.equal(await page.locator('.word-column').nth(1).getAttribute('aria-selected'), 'true');
      await page.keyboard.press('Tab');
      assert.equal(await page.locator('.word-columns:focus').count(), 0);
    }));

  test('a click on a word plays just that word', () =>
    withPage({}, async ({ page }) => {
      await openDetail(page);
      const { times } = spokenDetail().alignment!.columns[5]!;
      await page.evaluate(`(() => {
        const sound = document.querySelector('audio');
        window.sought = [];
        sound.addEventListener('seeking', () => { window.sought.push(sound.currentTime * 1000); });
      })()`);
      await page.locator('.word-column').nth(5).click();
      await page.locator('.play[aria-label="Pause"]').waitFor();
      await untilPaused(page);
      const [sought] = await page.evaluate<number[]>('window.sought');
      assert.ok(Math.abs(sought! - (times!.startMs! - 150)) <= 1, `${sought}`);
      assert.ok(Math.abs((await playheadMs(page)) - (times!.endMs! + 150)) <= 1);
      assert.equal(await page.evaluate(`document.querySelector('audio').paused`), true);
    }));

  test('Space plays and pauses, the keys 1 to 3 choose how the sessions lie', () =>
    withPage({}, async ({ page }) => {
      await openDetail(page);
      await page.locator('.word-columns').focus();
      await page.keyboard.press('Space');
      await until(async () => (await playheadMs(page)) > 200, 'playing');
      await page.keyboard.press('Space');
      await untilPaused(page);
      for (const [key, name] of [
        ['2', 'Overlay'],
        ['3', 'Difference'],
        ['1', 'Stacked'],
      ] as const) {
        await page.keyboard.press(key);
        const mode = page.getByRole('radio', { name });
        assert.equal(await mode.getAttribute('aria-checked'), 'true');
        assert.equal(await page.locator('.difference-plot').isVisible(), key === '3');
      }
    }));

  test('reads the difference word by word', () =>
    withPage({}, async ({ page }) => {
      await openDetail(page);
      await page.getByRole('radio', { name: 'Difference' }).click();
      const plot = page.locator('.difference-plot');
      await plot.focus();
      await page.keyboard.press('ArrowRight');
      const column = spokenDetail().alignment!.columns[1]!;
      const later = Math.round(column.times!.arrivedMsB! - column.times!.arrivedMsA!);
      assert.equal(
        await plot.getAttribute('aria-valuetext'),
        `“${column.reference}”: B ${later} ms later than A`,
      );
      assert.ok(Math.abs((await playheadMs(page)) - column.times!.startMs!) <= 1);
      // The pointer reads the same: here within the word that begins at the playhead.
      const playhead = (await plot.locator('.timeline-playhead').boundingBox())!;
      await page.mouse.move(playhead.x + 8, playhead.y + 120);
      const tooltip = plot.locator('.timeline-tooltip');
      assert.match(await tooltip.innerText(), new RegExp(`“${column.reference}”: B ${later} ms`));
    }));

  test('asks for other repeats, the timeline, both texts and the clipboard', () =>
    withPage({}, async ({ page, sent }) => {
      await openDetail(page, 2);
      const { id } = rows[2]!;
      await page.locator('.utterance-head').getByRole('combobox').click();
      await page.getByRole('option', { name: 'Repeat 2 of 2' }).click();
      await sentLast(sent, { type: 'utterance', pair, id, repeat: 1 });
      await page.locator('.utterance-content:not(.waiting)').waitFor();
      await page.getByRole('button', { name: 'Show on Timeline' }).click();
      await sentLast(sent, { type: 'openTimeline', pair, id, repeat: 1 });
      await page.getByRole('button', { name: 'Open Transcript' }).click();
      await sentLast(sent, { type: 'openTranscript', pair, id, repeat: 1 });
      await page.getByRole('button', { name: 'Compare Texts' }).click();
      await sentLast(sent, { type: 'diffTexts', pair, id, repeat: 1 });
      await page.getByRole('button', { name: 'Copy' }).click();
      await until(() => sent.at(-1)?.type === 'copy', 'a copy');
      const { text } = sent.at(-1) as { text: string };
      assert.match(text, /\nTTFT speech\t512 ms\t640 ms\t\+128 ms/);
    }));

  test('says that audio is missing, and lets the user look for it', () =>
    withPage({ playUri: null }, async ({ page, sent }) => {
      await openDetail(page);
      await page.getByText('speech.wav could not be found').waitFor();
      await page.getByRole('button', { name: 'Locate Audio…' }).click();
      await sentLast(sent, { type: 'locateAudio', audioKey: 'speech' });
    }));

  test('a session without a trace is said, and the other is drawn', () => {
    const detail = spokenDetail();
    const problem = 'Run B holds no trace of this session.';
    return withPage(
      { detail: { ...detail, sessions: { a: detail.sessions.a, b: null }, problem } },
      async ({ page, axe }) => {
        await openDetail(page);
        await page.getByText(problem).first().waitFor();
        assert.equal(await page.locator('.sessions').isVisible(), true);
        assert.deepEqual(await axe(), []);
      },
    );
  });

  test('words run right to left, and the arrow keys with them', () =>
    withPage(
      {
        detail: textDetail({
          reference: 'مرحبا بكم في هذا الصباح الجميل',
          a: 'مرحبا بكم في الصباح الجميل',
          b: 'مرحبا لكم في هذا الصباح الجميل جدا',
          language: 'ar',
        }),
      },
      async ({ page }) => {
        await openDetail(page);
        const lefts = await page.evaluate<number[]>(
          `[...document.querySelectorAll('.word-column')].slice(0, 3).map((one) => one.getBoundingClientRect().left)`,
        );
        assert.ok(lefts[0]! > lefts[1]! && lefts[1]! > lefts[2]!, lefts.join());
        await page.locator('.word-columns').focus();
        await page.keyboard.press('Home');
        await page.keyboard.press('ArrowLeft');
        assert.equal(
          await page.locator('.word-column').nth(1).getAttribute('aria-selected'),
          'true',
        );
        assert.equal(await page.locator('.sessions').isVisible(), false);
        await page.locator('.utterance').scrollIntoViewIfNeeded();
        await screenshot(page, 'compare-utterance-rtl');
      },
    ));

  test('without a reference the texts are below each other, and stay text', () => {
    const hostile = '<img src=x onerror="document.title=1"> \u202eevil';
    const detail = { ...textDetail({ reference: 'x', a: hostile, b: '你好' }), reference: null };
    return withPage(
      {
        detail: { ...detail, alignment: null },
        rows: [{ ...rows[1]!, id: hostile }],
      },
      async ({ page }) => {
        await openDetail(page, 0);
        assert.equal(await page.locator('.plain-texts dd').first().innerText(), hostile);
        assert.equal(await page.locator('.utterance-id').innerText(), hostile);
        assert.equal(await page.locator('.utterance img, .utterance-list img').count(), 0);
      },
    );
  });

  for (const theme of themeKinds) {
    test(`is accessible in ${theme}, in every mode`, () =>
      withPage({ theme, height: 1400 }, async ({ page, axe }) => {
        await openDetail(page);
        await page.evaluate(`document.querySelector('.utterance-list').scrollIntoView()`);
        for (const name of ['Stacked', 'Overlay', 'Difference']) {
          await page.getByRole('radio', { name }).click();
          assert.deepEqual(await axe(), []);
          await screenshot(page, `compare-utterance-${name.toLowerCase()}-${theme}`);
        }
      }));
  }

  test('fits 300 pixels, where table and points take turns', () =>
    withPage({ width: 300, height: 1600 }, async ({ page, axe }) => {
      await openDetail(page);
      const width = await page.evaluate<number>('document.documentElement.scrollWidth');
      assert.ok(width <= 300, `${width}`);
      assert.equal(await page.locator('.scatter').isVisible(), false);
      assert.deepEqual(await axe(), []);
      await page.evaluate(`document.querySelector('.utterance-list').scrollIntoView()`);
      await screenshot(page, 'compare-utterance-narrow');
      await page.getByRole('radio', { name: 'Points' }).click();
      assert.equal(await page.locator('.utterance-table').isVisible(), false);
      assert.equal(await page.locator('.scatter').isVisible(), true);
      await page.getByRole('radio', { name: 'Difference' }).click();
      await screenshot(page, 'compare-utterance-narrow-points');
    }));
});
