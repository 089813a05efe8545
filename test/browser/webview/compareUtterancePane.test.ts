import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { UtteranceDetail } from '../../../src/compareview/compareView.ts';
import { launchChromium, skipWithoutChromium } from '../../support/launchChromium.ts';
import { screenshot } from '../../support/screenshot.ts';
import { until } from '../../support/until.ts';
import { slower, slowerAgain } from '../../support/webview/compareFixtures.ts';
import { startCompareHost } from '../../support/webview/compareHost.ts';
import { comparisonOf, type ComparePageDriver } from '../../support/webview/comparePageDriver.ts';
import {
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

const pair = slower.pairs[0]!.key;
const rows = utteranceRows(40);

const tableRow = (page: Page, at: number) => page.locator('.utterance-table .grid-row').nth(at);
const selectedWord = (page: Page) => page.locator('.word-column[aria-selected="true"]');
const saying = (page: Page) => page.locator('.utterance > .spoken');
const isPlaying = async (page: Page) =>
  (await page.locator('.play[aria-label="Pause"]').count()) > 0;
const loaded = (page: Page) => page.locator('.utterance-content:not(.waiting)').waitFor();

/** Name of what has the focus; null outside of the pane. */
const focusedInPane = `(({ activeElement: focused }) =>
  focused.closest('.utterance') && (focused.getAttribute('aria-label') ?? focused.textContent)
)(document)`;

const recordSeeks = `(() => {
  const sound = document.querySelector('audio');
  window.sought = [];
  sound.addEventListener('seeking', () => { window.sought.push(sound.currentTime * 1000); });
})()`;

/** With the times of its columns as they become of what they were. */
function retimed(times: (at: number) => Partial<WordTimes> | null): UtteranceDetail {
  const detail = spokenDetail();
  const { columns, ...alignment } = detail.alignment!;
  const changed = columns.map((column, at) => {
    const change = times(at);
    return { ...column, times: change && column.times && { ...column.times, ...change } };
  });
  return { ...detail, alignment: { ...alignment, columns: changed } };
}

type WordTimes = NonNullable<NonNullable<UtteranceDetail['alignment']>['columns'][number]['times']>;

describe(
  'an utterance of two runs on the page',
  { skip: skipWithoutChromium(), concurrency: false },
  () => {
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

    const withUtterance = (
      options: UtteranceOptions,
      check: (driver: ComparePageDriver) => Promise<void>,
    ) =>
      checkUtterances({ browser, host }, { playUri, rows, ...options }, async (driver) => {
        await tableRow(driver.page, 1).click();
        await loaded(driver.page);
        await check(driver);
      });

    test('text without spaces is compared character by character', () =>
      withUtterance(
        {
          detail: textDetail({
            language: 'ja',
            reference: '今日はとても天気がいいです',
            a: '今日はとても電気がいいです',
            b: '今日は天気がいいですね',
          }),
        },
        async ({ page }) => {
          const said = await page.locator('.word-column .said').allInnerTexts();
          assert.equal(said.join('').trim(), '今日はとても天気がいいです');
          assert.equal(await page.locator('.word-columns .token-delete').count(), 3);
          const tops = await page.evaluate<number[]>(
            `[...document.querySelectorAll('.word-column')].map((one) => one.offsetTop)`,
          );
          assert.equal(new Set(tops).size, 1);
          await screenshot(page, 'compare-utterance-cjk');
        },
      ));

    test('marks the word that sound and replay are at', () =>
      withUtterance({}, async ({ page }) => {
        await page.locator('.word-columns').focus();
        await page.keyboard.press('Home');
        for (let at = 1; at <= 4; at++) await page.keyboard.press('ArrowRight');
        const sounding = page.locator('.word-column.sounding');
        await sounding.waitFor();
        assert.equal(
          await sounding.getAttribute('id'),
          await selectedWord(page).getAttribute('id'),
        );
        assert.equal(await isPlaying(page), false);
      }));

    test('a word whose time is not known is heard around its arrivals', () =>
      withUtterance(
        { detail: retimed((at) => (at === 6 ? { startMs: null, endMs: null } : null)) },
        async ({ page }) => {
          const { times } = spokenDetail().alignment!.columns[6]!;
          const first = Math.min(times!.arrivedMsA!, times!.arrivedMsB!);
          await page.evaluate(recordSeeks);
          await page.locator('.word-columns').focus();
          await page.keyboard.press('Home');
          for (let at = 1; at <= 6; at++) await page.keyboard.press('ArrowRight');
          await page.keyboard.press('Enter');
          // The browser tells of it when it has read the head of the sound, which takes its time.
          await page.waitForFunction('window.sought.length > 0');
          const [begun] = await page.evaluate<number[]>('window.sought');
          assert.ok(begun! >= first - 2001 && begun! < first, `${begun} ms before ${first} ms`);
          await page.keyboard.press('Home');
          await page.keyboard.press('Enter');
          await page.getByText('It is not known when this word was said.').waitFor({
            state: 'attached',
          });
        },
      ));

    test('Space presses a button and does not play', () =>
      withUtterance({}, async ({ page, sent }) => {
        await page.getByRole('button', { name: 'Copy' }).focus();
        await page.keyboard.press('Space');
        await until(() => sent.at(-1)?.type === 'copy', 'a copy');
        assert.equal(await isPlaying(page), false);
        await page.locator('.sessions .timeline').focus();
        await page.keyboard.press('Space');
        await page.locator('.play[aria-label="Pause"]').waitFor();
      }));

    test('each part is one tab stop', () =>
      withUtterance({}, async ({ page }) => {
        await page.locator('.word-columns').focus();
        const stops: (string | null)[] = [];
        for (let stop = 0; stop < 5; stop++) {
          await page.keyboard.press('Tab');
          stops.push(await page.evaluate<string | null>(focusedInPane));
        }
        assert.deepEqual(
          stops.map((stop) => stop?.split('.')[0] ?? null),
          ['Figures of the utterance', 'Play', 'Stacked', 'Timeline of both sessions', null],
        );
      }));

    test('the keys of the timeline walk through the deltas of both runs', () =>
      withUtterance({}, async ({ page }) => {
        await page.locator('.sessions .timeline').focus();
        await page.keyboard.press('ArrowRight');
        await until(
          async () => /Delta 1\b/.test((await saying(page).textContent()) ?? ''),
          'a delta',
        );
        await page.keyboard.press('Escape');
        await page.keyboard.press('Escape');
        assert.equal(
          await page.evaluate(`document.activeElement.classList.contains('play')`),
          true,
        );
      }));

    test('an answer that comes late does not take the place of what was chosen since', () =>
      withUtterance({}, async ({ page, say }) => {
        await tableRow(page, 4).click();
        await loaded(page);
        await say({
          type: 'utterance',
          pair,
          detail: { ...spokenDetail(), id: rows[1]!.id, reference: 'late' },
        });
        assert.equal(await page.locator('.utterance-id').innerText(), rows[4]!.id);
      }));

    test('is asked for again, and stops playing, when the runs were compared again', () =>
      withUtterance({}, async ({ page, sent, say }) => {
        await page.locator('.play').click();
        await page.locator('.play[aria-label="Pause"]').waitFor();
        const asked = () => sent.filter(({ type }) => type === 'utterance').length;
        const before = asked();
        await say(comparisonOf(slowerAgain));
        await until(() => asked() > before, 'another question');
        assert.equal(await isPlaying(page), false);
      }));

    test('comes back after a reload as it lay', () =>
      withUtterance({}, async ({ page, sent }) => {
        await page.locator('.word-columns').press('3');
        await page.reload();
        await loaded(page);
        await sentLast(sent, { type: 'utterance', pair, id: rows[1]!.id, repeat: 0 });
        assert.equal(await page.locator('.utterance-id').innerText(), rows[1]!.id);
        assert.equal(await page.locator('.difference-plot').isVisible(), true);
      }));

    test('of an hour of words, only those in sight are laid out', () => {
      const words = Array.from({ length: 10_000 }, (_, at) => ['left', 'right'][at % 2]!);
      const reference = words.join(' ');
      const b = words.with(9000, 'other').join(' ');
      return withUtterance(
        { detail: textDetail({ reference, a: reference, b }) },
        async ({ page }) => {
          const isLaidOut = (at: number) =>
            page.evaluate<boolean>(
              `document.getElementById('utterance-word-${at}').checkVisibility({ contentVisibilityAuto: true })`,
            );
          await page.locator('.word-columns').press('End');
          await until(() => isLaidOut(9999), 'the last word');
          assert.equal(await isLaidOut(5000), false);
          await page.keyboard.press('ArrowUp');
          const above = Number((await selectedWord(page).getAttribute('id'))!.split('-').at(-1));
          assert.ok(above < 9999 && above > 9900, `${above}`);
          await page.keyboard.press('Shift+F7');
          assert.equal(await selectedWord(page).getAttribute('id'), 'utterance-word-9000');
          await until(() => isLaidOut(9000), 'the difference');
        },
      );
    });

    test('fits a window of 640 pixels at 200 %', () =>
      withUtterance({ width: 640, height: 450, deviceScaleFactor: 2 }, async ({ page, axe }) => {
        const width = await page.evaluate<number>('document.documentElement.scrollWidth');
        assert.ok(width <= 640, `${width}`);
        await page.evaluate(`document.querySelector('.utterance').scrollIntoView()`);
        await screenshot(page, 'compare-utterance-zoomed');
        assert.deepEqual(await axe(), []);
      }));
  },
);
