import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import type { CompareView } from '../../../src/compareview/compareView.ts';
import { launchChromium, skipWithoutChromium } from '../../support/launchChromium.ts';
import { screenshot } from '../../support/screenshot.ts';
import { until } from '../../support/until.ts';
import {
  fewerShared,
  fourRuns,
  otherChunks,
  same,
  slower,
} from '../../support/webview/compareFixtures.ts';
import { startCompareHost } from '../../support/webview/compareHost.ts';
import {
  checkComparison,
  chosenRow,
  type ComparePageDriver,
  type ComparisonOptions,
} from '../../support/webview/comparePageDriver.ts';
import type { PageHost } from '../../support/webview/pageHost.ts';
import { sentLast } from '../../support/webview/sentLast.ts';

describe('compare editor page', { skip: skipWithoutChromium(), concurrency: false }, () => {
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

  test('says how many errors of each kind there are', () =>
    withPage(slower, {}, async ({ page }) => {
      assert.equal(
        await page.locator('.extras .text-summary').innerText(),
        'Errors on 117 words: 0.0 % → 4.3 %. Substituted 0 → 5 (+5), deleted 0 → 0 (±0), ' +
          'inserted 0 → 0 (±0).',
      );
    }));

  test('marks no significant change with ~, and says it', () => {
    const [pair] = same.pairs;
    const [row, ...others] = pair!.rows;
    const verdict = 'no significant change';
    const rows = [{ ...row!, verdict } as const, ...others];
    return withPage({ ...same, pairs: [{ ...pair!, rows }] }, {}, async ({ page }) => {
      const cell = page.locator('.metrics-primary .grid-row .col-verdict').first();
      assert.equal((await cell.innerText()).replaceAll(/\s+/g, ' '), '~ no significant change');
    });
  });

  test('says what changed in words, with figures and interval', () =>
    withPage(slower, {}, async ({ page }) => {
      const conclusion = await page.locator('.conclusion').innerText();
      assert.match(conclusion, /regressed\s+A → B, \u2068local\u2069/i);
      assert.match(conclusion, /TTFT speech, WEL p95, TTFS regressed/);
      const row = page.locator('.metrics-primary .grid-row').first();
      const { cells, change } = slower.pairs[0]!.rows[0]!;
      assert.ok(change!.interval!.low < 60 && change!.interval!.high > 60);
      const shown = await row.locator('[role=gridcell]').allInnerTexts();
      assert.deepEqual(shown.slice(1, 6), [
        cells.a,
        cells.b,
        cells.delta,
        cells.deltaShare,
        cells.interval,
      ]);
      assert.match(shown[6]!, /^regressed\s*▲$/);
      assert.equal(await row.locator('.interval-bar .range').count(), 3);
      const exploratory = page.getByRole('region', { name: 'Exploratory' });
      assert.equal(await exploratory.count(), 0);
      assert.match(
        await page.locator('.metrics-exploratory .hint').innerText(),
        /Not protected against chance/,
      );
    }));

  test('nothing has a colour where nothing is better or worse', () =>
    withPage(same, {}, async ({ page }) => {
      assert.match(await page.locator('.conclusion').innerText(), /no change/i);
      const colours = await page.evaluate<string[]>(`
        [...document.querySelectorAll('.grid-row .interval-bar')].map((bar) =>
          getComputedStyle(bar).color)`);
      assert.equal(new Set(colours).size, 1);
    }));

  test('hard differences come first, in words; all conditions can be seen', () =>
    withPage(otherChunks, { width: 900 }, async ({ page, axe }) => {
      const hard = await page.locator('.gate > :first-child').innerText();
      assert.match(hard, /Not everything can be compared/);
      assert.match(hard, /Not compared/);
      await page.getByText(/conditions side by side/).click();
      const differing = page.locator('.conditions tr.differs');
      assert.ok((await differing.count()) > 0);
      assert.equal(await differing.first().locator('.codicon-diff').count(), 1);
      assert.deepEqual(await axe(), []);
      await screenshot(page, 'compare-hard-differences');
    }));

  test('utterances that only one run has are listed', () =>
    withPage(fewerShared, {}, async ({ page }) => {
      assert.match(await page.locator('.pairing').innerText(), /40 shared utterances, paired/);
      await page.getByText('Only in A: 3 utterances').click();
      assert.deepEqual(await page.locator('.unpaired li').allInnerTexts(), [
        'utt-040',
        'utt-041',
        'utt-042',
      ]);
    }));

  test('the chosen row explains itself, and leads to its threshold', () =>
    withPage(slower, {}, async (driver) => {
      const { page, sent } = driver;
      const detail = page.locator('.row-detail');
      assert.match(await detail.innerText(), /Time to first text from speech/);
      await page.locator('.metrics-exploratory .grid-row').first().click();
      const { label, explanation } = slower.pairs[0]!.rows.find(
        ({ family }) => family === 'exploratory',
      )!;
      assert.ok((await detail.innerText()).includes(label));
      for (const sentence of explanation) {
        assert.ok((await detail.innerText()).includes(sentence));
      }
      assert.equal(await page.locator('.metrics [aria-selected="true"]').count(), 1);
      await page.getByRole('button', { name: 'Change the threshold…' }).click();
      await sentLast(sent, { type: 'openNoiseSettings' });
    }));

  test('sorts by how much worse, and back', () =>
    withPage(slower, {}, async ({ page }) => {
      const shares = () =>
        page.locator('.metrics-exploratory .col-deltaShare span').allInnerTexts();
      const first = await shares();
      const head = page.locator('.metrics-exploratory .grid-head .col-deltaShare');
      await head.click();
      const worst = (await shares()).slice(1);
      const numbers = worst.filter((text) => text !== '–').map((text) => parseFloat(text));
      assert.deepEqual(numbers[0], Math.max(...numbers));
      assert.equal(await head.getAttribute('aria-sort'), 'descending');
      await head.click();
      await head.click();
      assert.deepEqual(await shares(), first);
    }));

  test('the keyboard walks through rows, which are spoken and shown', () =>
    withPage(slower, {}, async (driver) => {
      const { page } = driver;
      await page.locator('.metrics-primary .grid').focus();
      await page.keyboard.press('ArrowDown');
      assert.equal(await chosenRow(driver), slower.pairs[0]!.rows[1]!.label);
      assert.match(
        (await page.locator('[aria-live]').filter({ hasText: 'emission' }).textContent())!,
        /^Word emission latency.*: regressed, \d+ ms to \d+ ms, \+\d+ ms, 95 % interval \[/,
      );
    }));

  test('F7 goes from difference to difference and round again, also as a command', () =>
    withPage(slower, {}, async (driver) => {
      const { page, say } = driver;
      const differing = slower.pairs[0]!.rows.filter(({ verdict }) => verdict === 'regressed');
      await page.locator('body').focus();
      // As VS Code listens, whose key binding of F7 is the command.
      await page.evaluate(`window.addEventListener('keydown', (event) => {
        const action = event.shiftKey ? 'previousDifference' : 'nextDifference';
        if (event.key === 'F7') window.postMessage({ type: 'action', action }, '*');
      })`);
      for (const { label } of differing.slice(1, 5)) {
        await page.keyboard.press('F7');
        assert.equal(await chosenRow(driver), label);
      }
      const inGrid = await page.evaluate<string>(
        `document.activeElement.getAttribute('aria-label')`,
      );
      assert.equal(inGrid, 'Exploratory metrics');
      for (let i = 0; i < 5; i++) await say({ type: 'action', action: 'previousDifference' });
      assert.equal(await chosenRow(driver), differing.at(-1)!.label);
      await page.keyboard.press('F7');
      assert.equal(await chosenRow(driver), differing[0]!.label);
      await page.keyboard.press('Shift+F7');
      assert.equal(await chosenRow(driver), differing.at(-1)!.label);
    }));

  test('plots are read by pointer and by keys', () =>
    withPage(slower, {}, async ({ page }) => {
      const plot = page.getByRole('slider', { name: /share of values up to each/ });
      await plot.locator('.u-over').hover({ position: { x: 200, y: 60 } });
      const readout = plot.locator('.plot-readout');
      await page.waitForFunction(`document.querySelector('.plot-readout').textContent !== ''`);
      assert.match(await readout.innerText(), /^≤ \d+ ms: A \d+ %, B \d+ %$/);
      await plot.focus();
      await page.keyboard.press('Home');
      assert.equal(await plot.getAttribute('aria-valuetext'), await readout.innerText());
      await page.keyboard.press('End');
      assert.match(await readout.innerText(), /: A 100 %, B 100 %$/);
      const change = page.getByRole('slider', { name: /difference of each percentile/ });
      assert.match(
        (await change.getAttribute('aria-valuetext'))!,
        /^p50: A \d+ ms, B \d+ ms, \+\d+ ms$/,
      );
    }));

  test('a histogram and a logarithmic scale are other pictures of the same values', () =>
    withPage(slower, {}, async ({ page }) => {
      const picture = () =>
        page.evaluate<string>(`document.querySelector('.plot canvas').toDataURL()`);
      const seen = new Set([await picture()]);
      await page.getByRole('radio', { name: 'Histogram' }).click();
      seen.add(await picture());
      await page.locator('.row-detail').getByRole('radio', { name: 'Log' }).click();
      seen.add(await picture());
      assert.equal(seen.size, 3);
      const plot = page.getByRole('slider', { name: /share of values per range/ });
      assert.match((await plot.getAttribute('aria-valuetext'))!, /^\d+ ms to \d+ ms: A \d+ %, B /);
      await screenshot(page, 'compare-histogram');
      await page.locator('.metrics-primary .grid-row').last().click();
      assert.match(await page.locator('.plot-nothing').innerText(), /rate of the whole run/);
    }));

  test('saves a picture of the plots, and exports', () =>
    withPage(slower, {}, async ({ page, sent }) => {
      await page.getByRole('button', { name: 'Save picture of the plots' }).click();
      const saved = await sentPicture(sent);
      assert.equal(saved.name, 'Time to first text from speech, A and B');
      const size = await page.evaluate<number[]>(`new Promise((done) => {
        const image = new Image();
        image.onload = () => { done([image.naturalWidth, image.naturalHeight]); };
        image.src = ${JSON.stringify(saved.picture)};
      })`);
      assert.ok(size[0]! > 300 && size[1]! > 400, size.join(' × '));
      await page.getByRole('button', { name: 'Export' }).click();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await sentLast(sent, { type: 'export', format: 'csv' });
      assert.equal(await page.getByRole('menu').count(), 0);
    }));

  test('what can be done with runs', () =>
    withPage(fourRuns, {}, async ({ page, sent }) => {
      const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
      await press('Make run C the baseline');
      await sentLast(sent, { type: 'makeBaseline', run: 2 });
      await press('Open run B');
      await sentLast(sent, { type: 'openRun', run: 1 });
      await press('Remove run D from the comparison');
      await sentLast(sent, { type: 'removeRun', run: 3 });
      await press('Unstar run A');
      await sentLast(sent, { type: 'toggleStar', run: 0 });
      await press('Add Run…');
      await sentLast(sent, { type: 'addRun' });
      await press('Swap');
      await sentLast(sent, { type: 'makeBaseline', run: 1 });
    }));

  test('a file that is missing says why, and can go', () => {
    const problem = 'The file is not there any more. Restore it, or remove it here.';
    const gone = { ...same.runs[1]!, letter: null, startedAtMs: null, problem };
    const view = { ...same, runs: [...same.runs, gone] };
    return withPage(view, {}, async ({ page, sent, axe }) => {
      assert.match(await page.locator('.run.missing').innerText(), /not there any more/);
      assert.deepEqual(await axe(), []);
      await screenshot(page, 'compare-missing-file');
      await page.getByRole('button', { name: /^Remove runs\// }).click();
      await sentLast(sent, { type: 'removeRun', run: 2 });
    });
  });

  test('all of more than two runs against the baseline, and over time', () =>
    withPage(fourRuns, {}, async (driver) => {
      const { page, axe } = driver;
      const table = page.getByRole('grid', { name: 'Runs against A, local' }).first();
      const cell = table.locator('.run-cell').first();
      const { cells } = fourRuns.pairs[0]!.rows[0]!;
      const shown = await cell.innerText();
      assert.ok(shown.includes(cells.b) && shown.includes(cells.deltaShare), shown);
      assert.match((await cell.textContent())!, /, regressed$/);
      assert.equal(await page.locator('.trends .plot').count(), fourRuns.trends.length);
      const trend = page.getByRole('slider', { name: /over 4 runs, oldest first/ }).first();
      assert.match((await trend.getAttribute('aria-valuetext'))!, /^A, .*: \d+ ms, baseline$/);
      await trend.focus();
      await page.keyboard.press('ArrowRight');
      assert.match(await trend.locator('.plot-readout').innerText(), /^B, .*: \d+ ms, regressed$/);
      assert.deepEqual(await axe(), []);
      await screenshot(page, 'compare-four-runs');
      await cell.focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      const tab = page.getByRole('tab', { selected: true });
      assert.match(await tab.innerText(), /A → C/);
      assert.equal(await chosenRow(driver), fourRuns.pairs[1]!.rows[1]!.label);
    }));

  test('arrow keys move between pairs', () =>
    withPage(fourRuns, {}, async ({ page }) => {
      await page.getByRole('tab', { name: 'All runs' }).focus();
      await page.keyboard.press('ArrowRight');
      assert.match(await page.getByRole('tab', { selected: true }).innerText(), /A → B/);
      assert.match(await page.locator('.conclusion').innerText(), /regressed/i);
      await page.keyboard.press('End');
      assert.match(await page.locator('.conclusion').innerText(), /no change/i);
      const focused = await page.evaluate<string>(`document.activeElement.textContent`);
      assert.match(focused, /A → D/);
    }));

  test('the page stays small', () => {
    assert.ok(host.scriptBytes < 420_000, `script: ${host.scriptBytes} bytes`);
    assert.ok(host.styleBytes < 40_000, `style: ${host.styleBytes} bytes`);
  });
});

/** The picture that the page asked to save. */
async function sentPicture(
  sent: ComparePageDriver['sent'],
): Promise<{ name: string; picture: string }> {
  const find = () => sent.find((message) => message.type === 'savePicture');
  await until(() => find() !== undefined, 'a picture');
  return find()!;
}
