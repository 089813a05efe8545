import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import type { CompareView } from '../../../src/compareview/compareView.ts';
import { launchChromium, skipWithoutChromium } from '../../support/launchChromium.ts';
import { screenshot } from '../../support/screenshot.ts';
import {
  fourRuns,
  hostileView,
  otherChunks,
  same,
  slower,
  slowerAgain,
} from '../../support/webview/compareFixtures.ts';
import { startCompareHost } from '../../support/webview/compareHost.ts';
import {
  checkComparison,
  chosenRow,
  comparisonOf,
  type ComparePageDriver,
  type ComparisonOptions,
} from '../../support/webview/comparePageDriver.ts';
import type { PageHost } from '../../support/webview/pageHost.ts';
import { themeKinds } from '../../support/webview/webviewTheme.ts';

describe(
  'states and looks of the compare editor page',
  { skip: skipWithoutChromium(), concurrency: false },
  () => {
    let host: PageHost;
    let browser: Browser;

    before(async () => {
      host = await startCompareHost();
      browser = await launchChromium();
    });

    after(async () => {
      await browser.close();
      await host.close();
    });

    const withPage = (
      view: CompareView,
      options: ComparisonOptions,
      check: (driver: ComparePageDriver) => Promise<void>,
    ) => checkComparison({ browser, host, view, options }, check);

    test('is as it was after a reload', () =>
      withPage(fourRuns, {}, async (driver) => {
        const { page } = driver;
        await page.getByRole('tab', { name: /A → C/ }).click();
        await page.locator('.metrics-primary .grid-row').nth(2).click();
        await page.getByRole('radio', { name: 'Histogram' }).click();
        await page.locator('.metrics-primary .grid-head .col-name').click();
        const chosen = await chosenRow(driver);
        await page.reload();
        await page.locator('.metrics-primary [aria-selected="true"]').waitFor();
        assert.equal(await chosenRow(driver), chosen);
        assert.match(await page.getByRole('tab', { selected: true }).innerText(), /A → C/);
        const head = page.locator('.metrics-primary .grid-head .col-name');
        assert.equal(await head.getAttribute('aria-sort'), 'ascending');
        const histogram = page.getByRole('radio', { name: 'Histogram' });
        assert.equal(await histogram.getAttribute('aria-checked'), 'true');
        await page.evaluate(`sessionStorage.setItem('state', '{"version":99,"state":[]}')`);
        await page.reload();
        await page.getByRole('tab', { name: 'All runs', selected: true }).waitFor();
      }));

    test('newer contents come without a jump, and without losing the place', () =>
      withPage(slower, {}, async (driver) => {
        const { page, say } = driver;
        const tops = () =>
          page.evaluate<number[]>(
            `['.conclusion', '.metrics-primary', '.plot', '.row-text'].map((part) =>
            document.querySelector(part).getBoundingClientRect().top)`,
          );
        const frame = () =>
          page.evaluate<string>(
            `getComputedStyle(document.querySelector('.conclusion')).borderTopStyle`,
          );
        await page.locator('.metrics-primary .grid').focus();
        await page.keyboard.press('ArrowDown');
        const places = await tops();
        await say(comparisonOf(slower, true));
        await say({ type: 'progress', label: 'Comparing', share: 0.4 });
        assert.match(
          await page.locator('.progress-line').innerText(),
          /^(Outdated: Comparing… 40 %)?$/,
        );
        await page.getByText('Outdated: Comparing… 40 %').waitFor();
        assert.equal(await page.getByRole('progressbar').getAttribute('aria-valuenow'), '40');
        assert.deepEqual(await tops(), places);
        assert.equal(await frame(), 'dashed');
        await say(comparisonOf(slowerAgain));
        assert.equal(await page.locator('.progress-line').innerText(), '');
        assert.equal(await frame(), 'solid');
        assert.deepEqual(await tops(), places);
        assert.equal(await chosenRow(driver), slower.pairs[0]!.rows[1]!.label);
        assert.equal(
          await page.evaluate(`document.activeElement.getAttribute('aria-label')`),
          'Primary metrics',
        );
      }));

    test('says that it is comparing only when it takes long', () =>
      withPage(
        same,
        { first: [{ type: 'progress', label: 'Reading the runs', share: null }] },
        async ({ page, say, axe }) => {
          assert.equal(await page.locator('.progress-line').innerText(), '');
          await page.getByText('Reading the runs…').waitFor();
          assert.deepEqual(await axe(), []);
          await say(comparisonOf(same));
          await page.locator('.conclusion').waitFor();
          assert.equal(await page.getByText('Reading the runs…').count(), 0);
        },
      ));

    test('says what is wrong where nothing can be compared, until it can', () =>
      withPage(
        same,
        {
          first: [{ type: 'problem', message: 'a.rtbench.json: <b>not there</b>. Open another.' }],
        },
        async ({ page, say, axe }) => {
          assert.match(await page.getByRole('alert').innerText(), /<b>not there<\/b>/);
          assert.deepEqual(await axe(), []);
          await say(comparisonOf(same));
          await page.locator('.conclusion').waitFor();
          assert.equal(await page.getByRole('alert').count(), 0);
        },
      ));

    test('hostile text stays text', () =>
      withPage(hostileView(), {}, async ({ page, axe }) => {
        assert.equal(await page.title(), 'RTBench Compare');
        assert.equal(await page.locator('main img').count(), 0);
        assert.ok((await page.locator('.run-title').first().innerText()).includes('<img'));
        assert.ok((await page.locator('.conclusion').innerText()).includes('<img'));
        assert.ok((await page.locator('.extras').innerText()).includes('<img'));
        assert.deepEqual(await axe(), []);
      }));

    test('a sheet shows the keys', () =>
      withPage(same, {}, async ({ page, axe }) => {
        await page.keyboard.press('?');
        await page.getByRole('dialog').waitFor();
        assert.match(await page.getByRole('dialog').innerText(), /Next difference\s+F7/);
        assert.deepEqual(await axe(), []);
        await page.keyboard.press('Escape');
        assert.equal(await page.getByRole('dialog').count(), 0);
      }));

    for (const theme of themeKinds) {
      test(`breaks no accessibility rule in ${theme}`, () =>
        withPage(slower, { theme }, async ({ page, axe }) => {
          assert.deepEqual(await axe(), []);
          await page.locator('.metrics-primary .grid').focus();
          await page.keyboard.press('ArrowDown');
          assert.deepEqual(await axe(), []);
          await screenshot(page, `compare-${theme}`);
          await page.getByRole('button', { name: 'Export' }).click();
          assert.deepEqual(await axe(), []);
        }));
    }

    for (const [width, deviceScaleFactor] of [
      [300, 1],
      [640, 2],
    ] as const) {
      test(`nothing overflows at ${width} px and ${deviceScaleFactor * 100} %`, async () => {
        for (const view of [slower, fourRuns, otherChunks]) {
          await withPage(view, { width, deviceScaleFactor }, async ({ page, axe }) => {
            const overflow = await page.evaluate<number>(
              'document.documentElement.scrollWidth - document.documentElement.clientWidth',
            );
            assert.equal(overflow, 0);
            assert.deepEqual(await axe(), []);
            if (view === slower) await screenshot(page, `compare-${width}px`);
          });
        }
      });
    }

    test('draws anew in the colours of another theme', () =>
      withPage(slower, { theme: 'dark' }, async ({ page, setTheme }) => {
        const drawn = `document.querySelector('.plot canvas').toDataURL()`;
        const dark = await page.evaluate<string>(drawn);
        await setTheme('light');
        await page.waitForFunction(`${drawn} !== ${JSON.stringify(dark)}`);
      }));

    test('works with forced colours and without motion', () =>
      withPage(slower, { forcedColors: 'active', reducedMotion: 'reduce' }, async ({ page }) => {
        await screenshot(page, 'compare-forced-colours');
        const line = await page.evaluate<string>(
          `getComputedStyle(document.querySelector('.choice[aria-checked="true"]')).outlineStyle`,
        );
        assert.equal(line, 'solid');
      }));
  },
);
