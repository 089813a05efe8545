import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { parseRunFile } from '../../../src/runfile/readRunFile.ts';
import { reportRun } from '../../../src/runfile/runReport.ts';
import { buildRunView } from '../../../src/runview/buildRunView.ts';
import { buildSessionDetail } from '../../../src/runview/buildSessionDetail.ts';
import { problemKinds } from '../../../src/runview/runEditorMessages.ts';
import { exampleRun } from '../../support/exampleRun.ts';
import { launchChromium, skipWithoutChromium } from '../../support/launchChromium.ts';
import { saturatedRun } from '../../support/saturatedRun.ts';
import { screenshot } from '../../support/screenshot.ts';
import { askingForUnknownProfile, unknownProfileText } from '../../support/unknownProfileRun.ts';
import { until } from '../../support/until.ts';
import { variedRun } from '../../support/variedRun.ts';
import { checkPage } from '../../support/webview/pageDriver.ts';
import type { PageHost } from '../../support/webview/pageHost.ts';
import { startRunEditorHost } from '../../support/webview/runEditorHost.ts';
import {
  openRunEditorPage,
  type RunEditorPageDriver,
  type RunEditorPageOptions,
} from '../../support/webview/runEditorPageDriver.ts';
import { sentLast } from '../../support/webview/sentLast.ts';
import { themeKinds } from '../../support/webview/webviewTheme.ts';

const example = reportRun(exampleRun());
const varied = reportRun(variedRun(60));
const saturated = reportRun(saturatedRun());
const twoEndpoints = reportRun(variedRun(60, ['local', 'cloud <b>bold</b>']));

describe('run editor page', { skip: skipWithoutChromium(), concurrency: false }, () => {
  let host: PageHost;
  let browser: Browser;

  before(async () => {
    host = await startRunEditorHost();
    browser = await launchChromium();
  });

  after(async () => {
    await browser.close();
    await host.close();
  });

  /** Opens a page, checks with it, and then that nothing went wrong in it unnoticed. */
  async function withPage(
    report: typeof example,
    options: RunEditorPageOptions,
    check: (driver: RunEditorPageDriver) => Promise<void>,
  ): Promise<void> {
    await checkPage(await openRunEditorPage(browser, host, report, options), check);
  }

  test('says at the texts of a run that their profile is not known, and shows the saved figure', () => {
    const unknown = parseRunFile(unknownProfileText(exampleRun()), '/data/r.rtbench.json');
    return withPage(unknown, {}, async ({ page }) => {
      const card = page.getByRole('region', { name: /^WER, future@9/ });
      assert.match(await card.innerText(), /0\.0.*does not know the profile.*saved with the run/s);
      await page.locator('.grid-row').click();
      const transcript = page.getByRole('region', { name: 'Transcript', exact: true });
      await transcript.getByText(/does not know the text profile .*Update RTBench/).waitFor();
      assert.equal(await transcript.locator('.aligned').count(), 0);
      await screenshot(page, 'run-unknown-profile');
    });
  });

  test('says why there is no figure of texts', () => {
    const unscored = reportRun(askingForUnknownProfile(exampleRun()));
    return withPage(unscored, {}, async ({ page }) => {
      const card = page.getByRole('region', { name: 'Text quality' });
      assert.match(await card.innerText(), /does not know the text profile of the plan/);
    });
  });

  test('shows title, circumstances and figures of a run', () =>
    withPage(example, {}, async ({ page }) => {
      await page.locator('.grid-row').waitFor();
      assert.equal(await page.locator('h1').textContent(), 'An example "run"');
      const facts = await page.locator('.facts').innerText();
      assert.match(facts, /ws:\/\/localhost:8000\/v1\/realtime, test-model/);
      assert.match(facts, /clips: 1 utterance, 0:01 of audio/);
      assert.match(facts, /event loop late by 0.1 ms \(p50\), 0.9 ms \(p99\)/);
      const ttft = page.getByRole('region', { name: 'Time to first text', exact: true });
      assert.match(await ttft.innerText(), /430\*/);
      assert.match(await ttft.innerText(), /n too small/);
      const plot = await ttft.getByRole('slider').getAttribute('aria-label');
      assert.match(plot!, /^Distribution of Time to first text over 1 values: from 430 ms/);
      assert.match(await page.locator('.card-text').innerText(), /0 substituted.*of 3 words/);
      assert.equal(await ttft.locator('canvas').count(), 1);
    }));

  test('an open load has its figures, and what became of the server', () =>
    withPage(saturated, {}, async ({ page, axe }) => {
      const chips = page.getByRole('list', { name: 'How the sessions ended' });
      assert.match(await chips.innerText(), /goodput 0\.19 sessions per second.*16\.7 % of all/);
      assert.match(await chips.innerText(), /saturated: sessions at once/);
      const name = 'Time to first text from scheduled start';
      await page.getByRole('region', { name, exact: true }).waitFor();
      await page.locator('.grid-row').first().click();
      const metrics = page.locator('.pane .metrics');
      await metrics.waitFor();
      assert.match(await metrics.innerText(), /Start delay\s+20 ms/);
      assert.deepEqual(await axe(), []);
    }));

  test('hovering a plot reads values off it', () =>
    withPage(varied, {}, async ({ page }) => {
      const plot = page.locator('.plot').first();
      await plot.locator('.u-over').hover({ position: { x: 90, y: 20 } });
      await page.waitForFunction(`document.querySelector('.plot-readout').textContent !== ''`);
      assert.match(await plot.locator('.plot-readout').innerText(), /^\d+ % of 51 ≤ \d+ ms$/);
    }));

  test('arrow keys read a plot value by value, and say it', () =>
    withPage(varied, {}, async ({ page, axe }) => {
      const plot = page.getByRole('slider', { name: /^Distribution of Time to first text/ });
      const spoken = () => plot.getAttribute('aria-valuetext');
      await plot.locator('canvas').waitFor();
      await page.locator('.notes-field textarea').focus();
      await page.keyboard.press('Tab');
      const focus = await page.evaluate<string[]>(`(() => {
        const { activeElement: focused } = document;
        return [focused.getAttribute('role'), getComputedStyle(focused).outlineStyle];
      })()`);
      assert.deepEqual(focus, ['slider', 'solid']);
      assert.match((await spoken())!, /^\d+ ms: 5\d % of 51 values are at most this$/);
      await page.keyboard.press('Home');
      assert.match((await spoken())!, / 2 % of 51 values/);
      const first = await spoken();
      await page.keyboard.press('ArrowRight');
      assert.notEqual(await spoken(), first);
      assert.match(await plot.locator('.plot-readout').innerText(), /^4 % of 51 ≤ \d+ ms$/);
      await page.keyboard.press('End');
      await page.keyboard.press('ArrowRight');
      assert.match((await spoken())!, / 100 % of 51 values/);
      assert.deepEqual(await axe(), []);
      await page.keyboard.press('Tab');
      assert.equal(await plot.locator('.plot-readout').innerText(), '');
    }));

  test('the chosen session comes in full: transcript, deltas, metrics', () =>
    withPage(varied, {}, async ({ page, sent }) => {
      await page.locator('.grid-row').first().click();
      const pane = page.locator('.pane');
      await pane.locator('.aligned').waitFor();
      await sentLast(sent, { type: 'select', sessionId: 's00001' });
      assert.equal(await pane.locator('.aligned .substitute ins').innerText(), 'box');
      assert.equal(await pane.locator('.aligned .substitute del').innerText(), 'fox');
      assert.equal(await pane.locator('.aligned .delete del').innerText(), 'lazy');
      assert.equal(await pane.locator('.aligned .insert ins').innerText(), 'the');
      assert.match((await pane.locator('.aligned').textContent())!, /substituted: box for fox/);
      const lines = await page.evaluate<string[]>(
        `[...document.querySelectorAll('.aligned .token *')].map((token) =>
          getComputedStyle(token).textDecoration)`,
      );
      for (const shape of ['wavy', 'line-through', 'double']) {
        assert.ok(
          lines.some((line) => line.includes(shape)),
          `no ${shape} line`,
        );
      }
      assert.equal(await pane.locator('.deltas .grid-row').count(), 8);
      assert.match(await pane.locator('.metrics').innerText(), /Connect time\s+60 ms/);
      await pane.locator('summary').click();
      assert.match(await pane.locator('.metrics').innerText(), /the audio was paced/);
    }));

  test('blank deltas can be hidden, and stay so for the next session', () =>
    withPage(varied, {}, async ({ page }) => {
      await page.locator('.grid-row').first().click();
      const deltas = page.locator('.deltas .grid-row');
      await deltas.first().waitFor();
      await page.locator('.deltas vscode-checkbox').click();
      assert.equal(await deltas.count(), 7);
      await page.locator('.sessions .grid-row').nth(4).click();
      await page.waitForFunction(
        `document.querySelectorAll('.deltas .grid-row.blank').length === 0`,
      );
    }));

  test('a session opens on the timeline, by its button and by a double click', () =>
    withPage(varied, {}, async ({ page, sent }) => {
      await page.locator('#sessions-row-2').click();
      await page.locator('.pane .aligned').waitFor();
      await page.getByRole('button', { name: 'Timeline' }).click();
      await sentLast(sent, { type: 'openTimeline', sessionId: 's00003', message: null });
      await page.locator('#sessions-row-0').dblclick();
      await sentLast(sent, { type: 'openTimeline', sessionId: 's00001', message: null });
      assert.equal(sent.filter(({ type }) => type === 'openTimeline').length, 2);
    }));

  test('a delta opens on the timeline where it arrived, blank ones too', () =>
    withPage(varied, {}, async ({ page, sent }) => {
      const places = buildSessionDetail(varied, 's00001')!.deltas!.map(({ message }) => message);
      const opened = (message: number) =>
        sentLast(sent, { type: 'openTimeline', sessionId: 's00001', message });
      await page.locator('#sessions-row-0').click();
      await page.locator('#deltas-row-0.blank').dblclick();
      await opened(places[0]!);
      await page.locator('.deltas vscode-checkbox').click();
      await page.locator('#deltas-row-2').dblclick();
      await opened(places[3]!);
      await page.getByRole('grid', { name: 'Deltas' }).focus();
      await page.keyboard.press('Home');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await opened(places[2]!);
    }));

  test('tables are copied as tab-separated text', () =>
    withPage(varied, {}, async ({ page, sent }) => {
      await page.locator('.grid-row').first().click();
      await page.getByRole('button', { name: 'Copy the deltas' }).click();
      await page.getByRole('button', { name: 'Copy the sessions' }).click();
      await until(() => sent.filter(({ type }) => type === 'copy').length === 2, 'two tables');
      const copied = sent.flatMap((message) => (message.type === 'copy' ? [message.text] : []));
      assert.match(copied[0]!, /^time_ms\tgap_ms\tkind\ttext\n[\d.]+\t\tappend\t\n/);
      assert.equal(copied[1]!.split('\n').length, 61);
    }));

  test('sorts and filters; remembers both after a reload', () =>
    withPage(varied, {}, async ({ page }) => {
      const ttft = page.getByRole('columnheader', { name: /^TTFT/ });
      const values = () => page.locator('.grid-row .col-number:nth-child(3)').allInnerTexts();
      await page.locator('.grid-row').first().waitFor();
      assert.equal(await ttft.getAttribute('aria-sort'), 'none');
      await ttft.click();
      assert.equal(await ttft.getAttribute('aria-sort'), 'ascending');
      const ascending = (await values()).map(Number);
      assert.deepEqual(
        ascending,
        ascending.toSorted((a, b) => a - b),
      );
      await ttft.click();
      assert.equal(await ttft.getAttribute('aria-sort'), 'descending');
      await page.locator('.search input').fill('FINAL text');
      assert.equal(await page.locator('.count').first().innerText(), '3 of 60');
      await page.reload();
      await page.locator('.grid-row').first().waitFor();
      assert.equal(await page.locator('.count').first().innerText(), '3 of 60');
      assert.equal(await ttft.getAttribute('aria-sort'), 'descending');
      await page.locator('.search input').fill('no such thing');
      await page.getByText('No session matches the filter.').waitFor();
    }));

  test('filters by status', () =>
    withPage(varied, {}, async ({ page }) => {
      await page.locator('.status-filter').click();
      await page.getByRole('option', { name: 'partial' }).click();
      assert.equal(await page.locator('.count').first().innerText(), '3 of 60');
      const statuses = await page.locator('.grid-row .status-word').allInnerTexts();
      assert.deepEqual(new Set(statuses), new Set(['partial']));
    }));

  test('the keyboard alone reaches and does everything', () =>
    withPage(varied, {}, async ({ page, sent }) => {
      const grid = page.getByRole('grid', { name: 'Sessions' });
      await grid.waitFor();
      // All that Tab can reach is there with the last plot.
      const count = await page.locator('.plot').count();
      await page
        .locator('.plot canvas')
        .nth(count - 1)
        .waitFor();
      const focused = () =>
        page.evaluate<string>(`(() => {
        const { activeElement: focused } = document;
        return focused.getAttribute('aria-label') ?? focused.textContent;
      })()`);
      const stops: string[] = [];
      for (let presses = 0; presses < 30 && stops.at(-1) !== 'Sessions'; presses++) {
        await page.keyboard.press('Tab');
        stops.push((await focused()).trim());
      }
      const plots = stops.filter((stop) => stop.startsWith('Distribution of '));
      assert.equal(plots.length, count);
      const others = stops.filter((stop) => !plots.includes(stop));
      assert.deepEqual(others, [
        'Title of the run',
        'Run Again',
        'Notes',
        'Filter sessions by utterance, text or failure',
        'Filter sessions by status',
        'Copy the sessions shown as a table',
        'Sessions',
      ]);
      const active = () => grid.getAttribute('aria-activedescendant');
      assert.equal(await active(), 'sessions-row-0');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      assert.equal(await active(), 'sessions-row-2');
      await page.keyboard.press('Enter');
      await page.locator('.pane .aligned').waitFor();
      await sentLast(sent, { type: 'select', sessionId: 's00003' });
      await page.keyboard.press('Enter');
      await sentLast(sent, { type: 'openTimeline', sessionId: 's00003', message: null });
      await page.keyboard.press('End');
      assert.equal(await active(), 'sessions-row-59');
      await page.keyboard.press('PageUp');
      assert.ok(Number((await active())!.split('-').at(-1)) < 50);
      await page.keyboard.press('Home');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('ArrowRight');
      assert.equal(await active(), 'sessions-head-1');
      await page.keyboard.press('Enter');
      const header = page.getByRole('columnheader', { name: 'Utterance' });
      assert.equal(await header.getAttribute('aria-sort'), 'ascending');
    }));

  test('title and notes are edited; answers that lag behind do not disturb typing', () =>
    withPage(example, {}, async ({ page, sent, say }) => {
      const title = page.locator('.title-field input');
      await title.fill('A better title');
      await sentLast(sent, { type: 'editTitle', title: 'A better title', edit: 1 });
      const view = buildRunView(example);
      await say({ type: 'run', view, editable: true, runnable: true, lastEdit: 0 });
      assert.equal(await title.inputValue(), 'A better title');
      const edited = { ...view, title: 'A better title' };
      await say({ type: 'run', view: edited, editable: true, runnable: true, lastEdit: 1 });
      await say({ type: 'run', view, editable: true, runnable: true, lastEdit: 1 });
      await page.waitForFunction(
        `document.querySelector('.title-field').value === 'An example "run"'`,
      );
      await page.locator('.notes-field textarea').fill('noted');
      await page.keyboard.press('Control+s');
      await sentLast(sent, { type: 'editNotes', notes: 'noted', edit: 2 });
    }));

  test('a document that cannot be saved cannot be edited', () =>
    withPage(example, { editable: false }, async ({ page }) => {
      await page.locator('h1').waitFor();
      assert.equal(await page.locator('.title-field').isVisible(), false);
      assert.equal(await page.locator('.notes-field').isVisible(), false);
      assert.equal(await page.locator('.notes-text').innerText(), 'Two\nlines');
    }));

  test('hostile text stays text', () =>
    withPage(twoEndpoints, {}, async ({ page }) => {
      await page.locator('.search input').fill('<img');
      await page.locator('.grid-row').first().click();
      await page.locator('.pane h2').waitFor();
      await page.getByRole('tab', { name: /cloud/ }).click();
      assert.match(
        await page.getByRole('tab', { name: /cloud/ }).innerText(),
        /cloud <b>bold<\/b>/,
      );
      assert.equal(await page.locator('img, b').count(), 0);
      assert.equal(await page.title(), 'RTBench Run');
    }));

  test('tabs choose the endpoint whose figures and sessions are shown', () =>
    withPage(twoEndpoints, {}, async ({ page }) => {
      const local = page.getByRole('tab', { name: /local/ });
      await local.focus();
      await page.keyboard.press('ArrowRight');
      const cloud = page.getByRole('tab', { name: /cloud/ });
      assert.equal(await cloud.getAttribute('aria-selected'), 'true');
      assert.equal(await page.locator('.count').first().innerText(), '30');
      assert.match(await page.locator('.chips').innerText(), /final timeout × 3/);
    }));

  test('right-to-left and unspaced text are laid out by their own rules', () =>
    withPage(varied, {}, async ({ page }) => {
      const direction = (selector: string) =>
        page.evaluate<string>(`getComputedStyle(document.querySelector('${selector}')).direction`);
      await page.locator('.grid-row').nth(2).click();
      await page.locator('.pane h2', { hasText: 'clip-he' }).waitFor();
      await page.locator('.aligned').waitFor();
      assert.equal(await direction('.aligned'), 'rtl');
      await page.locator('.grid-row').nth(3).click();
      await page.locator('.aligned.by-character').waitFor();
      assert.equal(await direction('.aligned'), 'ltr');
    }));

  test('10,000 sessions scroll with few rows in the page', async () => {
    const sessions = Array.from({ length: 10_000 }, (_, i) => ({
      ...varied.sessions[i % 60]!,
      id: `t${i}`,
    }));
    await withPage({ ...varied, sessions }, {}, async ({ page }) => {
      const grid = page.getByRole('grid', { name: 'Sessions' });
      await page.locator('.grid-row').first().waitFor();
      assert.equal(await grid.getAttribute('aria-rowcount'), '10001');
      await grid.focus();
      await page.keyboard.press('End');
      await page.locator('#sessions-row-9999').waitFor();
      assert.ok((await page.locator('.sessions .grid-row').count()) < 80);
      // What a frame costs goes by the rows that are in the page, wherever one jumps to.
      const mostRows = await page.evaluate<number>(`new Promise((done) => {
        const grid = document.querySelector('.sessions .grid');
        let most = 0, steps = 0;
        const step = () => {
          most = Math.max(most, grid.querySelectorAll('.grid-row').length);
          grid.scrollTop = ((steps * 7919) % 10000) * 24;
          steps++ < 60 ? requestAnimationFrame(step) : done(most);
        };
        step();
      })`);
      assert.ok(mostRows > 0 && mostRows < 80, `${mostRows} rows`);
      await page.locator('.search input').fill('QUICK');
      assert.equal(await page.locator('.count').first().innerText(), '2500 of 10000');
    });
  });

  for (const theme of themeKinds) {
    test(`breaks no accessibility rule in ${theme}`, () =>
      withPage(varied, { theme, reducedMotion: 'reduce' }, async ({ page, axe }) => {
        await page.locator('.grid-row').first().click();
        await page.locator('.pane .aligned').waitFor();
        assert.deepEqual(await axe(), []);
      }));
  }

  test('plots follow a change of theme', () =>
    withPage(example, { theme: 'dark' }, async ({ page, setTheme }) => {
      const picture = () =>
        page.evaluate<string>(`document.querySelector('.plot canvas').toDataURL()`);
      await page.locator('.plot canvas').first().waitFor();
      const before = await picture();
      await setTheme('light');
      await page.waitForFunction(
        `document.querySelector('.plot canvas')?.toDataURL() !== ${JSON.stringify(before)}`,
      );
    }));

  for (const width of [300, 640]) {
    test(`nothing overflows at ${width} px, also at 200 %`, () =>
      withPage(varied, { width, deviceScaleFactor: 2 }, async ({ page }) => {
        await page.locator('.grid-row').first().click();
        await page.locator('.pane .aligned').waitFor();
        const widths = await page.evaluate<number[]>(
          '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
        );
        assert.equal(widths[0], widths[1]);
      }));
  }

  for (const kind of problemKinds) {
    test(`says what is wrong and offers the text: ${kind}`, () =>
      withPage(
        example,
        { first: [{ type: 'problem', kind, message: 'x.rtbench.json: <b>here</b>' }] },
        async ({ page, sent, axe }) => {
          await page.getByRole('alert').waitFor();
          assert.match(
            await page.locator('.problem').innerText(),
            /x\.rtbench\.json: <b>here<\/b>/,
          );
          assert.deepEqual(await axe(), []);
          await page.getByRole('button', { name: 'Open as Text' }).click();
          await sentLast(sent, { type: 'openAsText' });
        },
      ));
  }

  test('keeps the last good view, under a banner, while the text cannot be read', () =>
    withPage(example, {}, async ({ page, say, axe }) => {
      await page.locator('.grid-row').waitFor();
      await say({ type: 'problem', kind: 'json_invalid', message: 'at line 3' });
      assert.match(await page.getByRole('alert').innerText(), /at line 3/);
      assert.equal(await page.locator('.grid-row').count(), 1);
      assert.deepEqual(await axe(), []);
      const view = buildRunView(example);
      await say({ type: 'run', view, editable: true, runnable: true, lastEdit: 0 });
      await page.getByRole('alert').waitFor({ state: 'detached' });
    }));

  test('says that it is reading only when it takes long', () =>
    withPage(example, { first: [{ type: 'loading' }] }, async ({ page, axe }) => {
      assert.equal(await page.locator('main').innerText(), '');
      await page.getByText('Reading the run…').waitFor();
      assert.deepEqual(await axe(), []);
    }));

  test('an empty run says so and can be run again', () =>
    withPage(reportRun(exampleRun({ sessions: [] })), {}, async ({ page, sent, axe }) => {
      await page.getByText('No session has ended').waitFor();
      assert.deepEqual(await axe(), []);
      await page.getByRole('button', { name: 'Run Again' }).click();
      await sentLast(sent, { type: 'runAgain' });
    }));

  test('the page stays small', () => {
    assert.ok(host.scriptBytes < 260_000, `script: ${host.scriptBytes} bytes`);
    assert.ok(host.styleBytes < 20_000, `style: ${host.styleBytes} bytes`);
  });
});
