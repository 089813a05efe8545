import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import type { CompareView } from '../../../src/compareview/compareView.ts';
import { launchChromium, skipWithoutChromium } from '../../support/launchChromium.ts';
import { screenshot } from '../../support/screenshot.ts';
import { until } from '../../support/until.ts';
import {
  fourRuns,
  hostileSweep,
  shortSweep,
  sweep,
  sweepOfTwo,
} from '../../support/webview/compareFixtures.ts';
import { startCompareHost } from '../../support/webview/compareHost.ts';
import {
  checkComparison,
  comparisonOf,
  type ComparePageDriver,
  type ComparisonOptions,
} from '../../support/webview/comparePageDriver.ts';
import type { PageHost } from '../../support/webview/pageHost.ts';
import { sentLast } from '../../support/webview/sentLast.ts';
import { themeKinds } from '../../support/webview/webviewTheme.ts';

describe('curves by load', { skip: skipWithoutChromium(), concurrency: false }, () => {
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

  test('a chart for each metric, between the baseline and the time', () =>
    withPage(sweep, {}, async ({ page }) => {
      assert.deepEqual(await page.locator('.by-load figcaption').allInnerTexts(), [
        'Time to first text, ms',
        'Word emission latency, ms',
        'Time to final segment, ms',
        'Error rate, %',
        'Word error rate, %',
      ]);
      assert.deepEqual(await page.locator('.all-runs h2').allInnerTexts(), [
        'Against the baseline',
        'By load',
        'Over time',
      ]);
    }));

  test('nothing where all runs have the same load', () =>
    withPage(fourRuns, {}, async ({ page }) => {
      await page.getByRole('heading', { name: 'Over time' }).waitFor();
      assert.equal(await page.getByRole('region', { name: 'By load' }).count(), 0);
    }));

  test('arrow keys go along the curve, Enter opens the run', () =>
    withPage(sweep, {}, async ({ page, sent }) => {
      const plot = chart(page, 'Time to first text');
      await plot.focus();
      await page.keyboard.press('Home');
      assert.match(
        (await spoken(plot))!,
        /^1 at once: TTFT p50 \d+ ms, p95 \d+ ms, 80 sessions; run A$/,
      );
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      assert.match((await spoken(plot))!, /^4 at once: .*; run D$/);
      const tooltip = await plot.locator('.timeline-tooltip').innerText();
      assert.match(tooltip, /^4 at once: TTFT p50 .*\nMean concurrency 3\.76; run D, .*Sweep, 4/);
      assert.equal(await plot.locator('.point-ring').isVisible(), true);
      await page.keyboard.press('Enter');
      await sentLast(sent, { type: 'openRun', run: 3 });
      await page.keyboard.press('End');
      assert.match(
        (await spoken(plot))!,
        /^16 at once: TTFT .*, 38 sessions; p50 misses ≤ 800 ms; p95 misses ≤ 900 ms; n too small for an interval of p95; run B$/,
      );
      await plot.blur();
      assert.equal(await plot.locator('.point-ring').isVisible(), false);
    }));

  test('the pointer reads a point near it, and a click opens its run', () =>
    withPage(sweep, {}, async ({ page, sent }) => {
      const plot = chart(page, 'Word emission latency');
      const spot = await placeOfLast(plot);
      await page.mouse.move(spot.x + 5, spot.y - 4);
      assert.match(
        await plot.locator('.timeline-tooltip').innerText(),
        /^16 at once: WEL p50 \d+ ms/,
      );
      await page.mouse.click(spot.x + 5, spot.y - 4);
      await sentLast(sent, { type: 'openRun', run: 1 });
      const opened = sent.length;
      await page.mouse.click(spot.x - 60, spot.y - 4);
      assert.equal(await plot.locator('.timeline-tooltip').isVisible(), false);
      assert.equal(sent.length, opened);
    }));

  test('the load can be what came through, also after a reload', () =>
    withPage(sweep, {}, async ({ page }) => {
      await page.getByRole('radio', { name: 'Sessions per second' }).click();
      const plot = chart(page, 'Time to first text', 'sessions per second');
      await plot.focus();
      await page.keyboard.press('End');
      // More at once came through more slowly.
      assert.match((await spoken(plot))!, /^8 at once: /);
      await page.reload();
      await chart(page, 'Time to first text', 'sessions per second').waitFor();
      const chosen = page.getByRole('radio', { name: 'Sessions per second' });
      assert.equal(await chosen.getAttribute('aria-checked'), 'true');
    }));

  test('two endpoints are two curves, told apart in words', () =>
    withPage(sweepOfTwo, {}, async ({ page }) => {
      const plot = chart(page, 'Time to first text');
      await plot.focus();
      await page.keyboard.press('End');
      assert.match((await spoken(plot))!, /^\u2068team server\u2069, 8 at once: TTFT/);
      assert.deepEqual((await page.locator('.by-load .legend li').allInnerTexts()).slice(0, 2), [
        'local',
        'team server',
      ]);
      await screenshot(page.locator('.by-load'), 'compare-loads-two-endpoints');
    }));

  test('a table has the same figures and opens the same runs', () =>
    withPage(sweep, {}, async ({ page, sent, axe }) => {
      await page.getByText('Figures by load as a table').click();
      const rows = page.locator('.by-load tbody tr');
      const { points } = sweep.load!.curves[0]!;
      assert.equal(await rows.count(), points.length);
      const cells = await rows.last().locator('th, td').allTextContents();
      assert.deepEqual(cells.slice(0, 4), ['B, 16 at once', 'local', '15.04', '2.10']);
      const { main, tail } = points.at(-1)!.figures.ttft!;
      assert.equal(cells[4], `${Math.round(main!.value)} ms, misses ≤ 800 ms`);
      assert.equal(cells[5], `${Math.round(tail!.value)} ms* (n too small), misses ≤ 900 ms`);
      assert.deepEqual(await axe(), []);
      await screenshot(page.locator('.by-load'), 'compare-loads-table');
      await rows.nth(1).getByRole('button').click();
      await sentLast(sent, { type: 'openRun', run: 2 });
    }));

  test('the reader stays where they are when the same figures come again', () =>
    withPage(sweep, {}, async ({ page, say }) => {
      const plot = chart(page, 'Time to first text');
      await plot.focus();
      await page.keyboard.press('End');
      const read = await spoken(plot);
      await say(comparisonOf(structuredClone(sweep), true));
      await say(comparisonOf(structuredClone(sweep)));
      assert.equal(await spoken(plot), read);
      assert.equal(await plot.locator('.point-ring').isVisible(), true);
      await page.keyboard.press('ArrowLeft');
      assert.match((await spoken(plot))!, /^8 at once/);
    }));

  test('what is read stays so in another theme and width', () =>
    withPage(sweep, {}, async ({ page, setTheme }) => {
      const plot = chart(page, 'Time to first text');
      await plot.focus();
      await page.keyboard.press('End');
      const ring = plot.locator('.point-ring');
      const drawn = () =>
        page.evaluate<string>(`document.querySelector('.by-load .plot canvas').toDataURL()`);
      const [dark, before] = [await drawn(), (await ring.boundingBox())!.x];
      await setTheme('light');
      await until(async () => (await drawn()) !== dark, 'the other theme');
      assert.equal((await ring.boundingBox())?.x, before);
      const width = () =>
        page.evaluate<number>(`document.querySelector('.by-load .plot canvas').width`);
      const wide = await width();
      await page.setViewportSize({ width: 500, height: 900 });
      await until(async () => (await width()) !== wide, 'the other width');
      const kept = await ring.boundingBox();
      await page.keyboard.press('Home');
      assert.notDeepEqual(await ring.boundingBox(), kept);
      await page.keyboard.press('End');
      assert.deepEqual(await ring.boundingBox(), kept);
    }));

  test('what misses a limit is red, and what rests on too few sessions is hollow', async () => {
    const red = 'rgb(241, 76, 76)';
    await withPage(sweep, {}, async ({ page }) => {
      assert.notEqual(await colourRead(page, 'Home'), red);
      assert.equal(await colourRead(page, 'End'), red);
    });
    await withPage(shortSweep, {}, async ({ page }) => {
      const background = await page.evaluate<string>(
        'getComputedStyle(document.body).backgroundColor',
      );
      assert.equal(await colourRead(page, 'Home'), background);
      assert.notEqual(await colourRead(page, 'End'), background);
    });
  });

  test('saves a picture of the curves', () =>
    withPage(sweep, {}, async ({ page, sent }) => {
      await page.getByRole('button', { name: 'Save picture of the curves' }).click();
      const saved = sent.find((message) => message.type === 'savePicture');
      assert.equal(saved?.name, 'Runs by load');
    }));

  test('hostile text stays text', () =>
    withPage(hostileSweep, {}, async ({ page, axe }) => {
      await page.getByText('Figures by load as a table').click();
      assert.equal(await page.title(), 'RTBench Compare');
      assert.equal(await page.locator('main img').count(), 0);
      assert.ok((await page.locator('.by-load .legend').innerText()).includes('<img'));
      assert.ok((await page.locator('.by-load table').innerText()).includes('<img'));
      const plot = chart(page, 'Time to first text');
      await plot.focus();
      await page.keyboard.press('Home');
      assert.ok((await plot.locator('.timeline-tooltip').innerText()).includes('<img'));
      assert.deepEqual(await axe(), []);
    }));

  for (const theme of themeKinds) {
    test(`breaks no accessibility rule in ${theme}`, () =>
      withPage(sweep, { theme, height: 1500 }, async ({ page, axe }) => {
        const plot = chart(page, 'Time to first text');
        await plot.focus();
        await page.keyboard.press('End');
        assert.deepEqual(await axe(), []);
        await screenshot(page, `compare-loads-${theme}`);
      }));
  }

  for (const width of [300, 400, 640]) {
    test(`nothing overflows at ${width} px`, () =>
      withPage(sweepOfTwo, { width, height: 1200 }, async ({ page, axe }) => {
        await page.getByText('Figures by load as a table').click();
        const overflow = await page.evaluate<number>(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        assert.equal(overflow, 0);
        assert.deepEqual(await axe(), []);
        await screenshot(page.locator('.by-load'), `compare-loads-${width}px`);
      }));
  }

  test('works with forced colours', () =>
    withPage(sweepOfTwo, { forcedColors: 'active', height: 1500 }, async ({ page }) => {
      await screenshot(page, 'compare-loads-forced-colours');
    }));
});

function chart(page: Page, metric: string, axis = 'mean concurrency'): Locator {
  return page.getByRole('slider', { name: new RegExp(`^${metric} of \\d+ runs by ${axis}`) });
}

function spoken(plot: Locator): Promise<string | null> {
  return plot.getAttribute('aria-valuetext');
}

/** What the first plot has in the middle of the mark that a key goes to. */
async function colourRead(page: Page, key: 'Home' | 'End'): Promise<string> {
  await chart(page, 'Time to first text').focus();
  await page.keyboard.press(key);
  return page.evaluate<string>(`(() => {
    const [canvas, ring] = ['canvas', '.point-ring'].map((part) =>
      document.querySelector('.by-load .plot ' + part));
    const [from, to] = [canvas, ring].map((one) => one.getBoundingClientRect());
    const [x, y] = [to.x + to.width / 2 - from.x, to.y + to.height / 2 - from.y];
    const [red, green, blue] = canvas.getContext('2d').getImageData(x, y, 1, 1).data;
    return 'rgb(' + [red, green, blue].join(', ') + ')';
  })()`);
}

/** Where the ring is when the keyboard reads the last point. */
async function placeOfLast(plot: Locator): Promise<{ x: number; y: number }> {
  await plot.focus();
  await plot.press('End');
  const box = (await plot.locator('.point-ring').boundingBox())!;
  await plot.blur();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
