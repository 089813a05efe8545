import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { areaFigureRows } from '../../../src/timeline/areaFigureRows.ts';
import { areaFigures } from '../../../src/timeline/areaFigures.ts';
import { deltaTable, deltaTableJson, deltaTableTsv } from '../../../src/timeline/deltaTable.ts';
import { DisplayedTexts } from '../../../src/timeline/displayedTexts.ts';
import { spokenDelta } from '../../../src/timeline/spokenSummary.ts';
import { timelineActions } from '../../../src/timeline/timelineActions.ts';
import type { ToTimeline } from '../../../src/timeline/timelineMessages.ts';
import { deltaKinds, type TimelineSession } from '../../../src/timeline/timelineSession.ts';
import { launchChromium, skipWithoutChromium } from '../../support/launchChromium.ts';
import { screenshot } from '../../support/screenshot.ts';
import {
  appendedSpeech,
  audioMessages,
  laneOf,
  revisableSpeech,
  spokenSamples,
  variedLanes,
  wavOf,
} from '../../support/webview/timelineFixtures.ts';
import { until } from '../../support/until.ts';
import { trackItems } from '../../../webview-ui/timeline/trackItems.ts';
import { checkPage } from '../../support/webview/pageDriver.ts';
import type { PageHost } from '../../support/webview/pageHost.ts';
import { sentLast } from '../../support/webview/sentLast.ts';
import { startTimelineHost } from '../../support/webview/timelineHost.ts';
import {
  openTimelinePage,
  type TimelinePageDriver,
  type TimelinePageOptions,
} from '../../support/webview/timelinePageDriver.ts';

const speech = revisableSpeech();
const samples = spokenSamples(speech);
const lane = laneOf(speech);
const cloud = laneOf(appendedSpeech(), { endpoint: 'cloud' });
const texts = new DisplayedTexts(lane.deltas);
const varied = variedLanes();

type PageOptions = Partial<TimelinePageOptions> & { sessions?: readonly TimelineSession[] };

describe('timeline page', { skip: skipWithoutChromium(), concurrency: false }, () => {
  let host: PageHost;
  let browser: Browser;
  let sound: ToTimeline[];

  before(async () => {
    host = await startTimelineHost();
    browser = await launchChromium();
    sound = audioMessages('speech', samples, host.offer('speech.wav', wavOf(samples)));
  });

  after(async () => {
    await browser.close();
    await host.close();
  });

  /** Opens a page, checks with it, and then that nothing went wrong in it unnoticed. */
  async function withPage(
    options: PageOptions,
    check: (driver: TimelinePageDriver) => Promise<void>,
  ): Promise<void> {
    const { sessions = [lane], ...others } = options;
    const first: ToTimeline[] = [{ type: 'lanes', sessions: [...sessions] }, ...sound];
    const driver = await openTimelinePage(browser, host, { first, ...others });
    await checkPage(driver, async () => {
      if (!others.first) await driver.page.locator('.lane').first().waitFor();
      await check(driver);
    });
  }

  test('says what is shown and how it went', () =>
    withPage({}, async ({ page }) => {
      assert.equal(await page.locator('h1').textContent(), lane.utterance);
      const shown = await page.locator('.lane').innerText();
      assert.match(shown, /local\s+success\s+Two endpoints on the same speech/);
      for (const { label, value } of lane.figures) assert.ok(shown.includes(`${label}\n${value}`));
      assert.ok((await page.locator('.timeline canvas').count()) > 0);
      assert.equal(await page.getByRole('button', { name: /^Remove/ }).count(), 0);
    }));

  test('several lanes: each can be removed and its run opened; another can be asked for', () =>
    withPage({ sessions: [lane, cloud] }, async ({ page, sent }) => {
      await page.getByRole('button', { name: 'Open the run of cloud' }).click();
      await page.getByRole('button', { name: 'Remove the lane of cloud' }).click();
      await page.getByRole('button', { name: /^Add a lane/ }).click();
      await sentLast(sent, { type: 'addLane' });
      assert.deepEqual(sent.slice(-3, -1), [
        { type: 'openRun', key: 'cloud' },
        { type: 'removeLane', key: 'cloud' },
      ]);
      assert.equal(await page.locator('.replay-lane').count(), 2);
      await page.keyboard.press('Tab');
      await page.locator('.timeline').focus();
      await page.keyboard.press('Control+ArrowDown');
      const current = page.locator('.lane[aria-current]');
      assert.match(await current.innerText(), /^cloud/);
    }));

  test('the chosen delta comes in full, with its raw message', () =>
    withPage({}, async ({ page, sent, say }) => {
      const delta = 3;
      await say({ type: 'reveal', key: lane.key, delta });
      const drawer = page.getByRole('complementary', { name: 'Details of the selection' });
      await drawer.getByText(`Delta 4 of ${lane.deltas.atMs.length}`).waitFor();
      const change = texts.changeOf(delta);
      assert.equal(await drawer.locator('.detail-diff del').textContent(), change.removed);
      assert.equal(await drawer.locator('.detail-diff ins').textContent(), change.added);
      assert.match(
        await drawer.locator('.detail-delta .detail-facts').innerText(),
        /Size\s+90 bytes/,
      );
      const message = lane.deltas.messages[delta]!;
      await sentLast(sent, { type: 'frame', key: lane.key, message });
      const raw = '{"type":"<img src=x>","delta":"hi"}';
      await say({ type: 'frame', key: lane.key, message, raw, isRebuilt: false });
      assert.equal(await drawer.locator('.frame-text').textContent(), raw);
      await drawer.getByRole('button', { name: 'Copy the message' }).click();
      await sentLast(sent, { type: 'copy', text: raw });
      assert.equal(await page.locator('img').count(), 0);
      const next = drawer.getByRole('button', { name: 'Next delta' });
      await next.click();
      await next.click();
      await drawer.getByText(`Delta 6 of ${lane.deltas.atMs.length}`).waitFor();
    }));

  test('frames are asked for once, and not for deltas that are passed by', () =>
    withPage({}, async ({ page, sent, say }) => {
      const asked = () => sent.filter(({ type }) => type === 'frame').length;
      // In one go: on a busy machine single key presses lie as far apart as a reader's.
      await page.evaluate(`for (let i = 0; i < 12; i++) {
        document.activeElement.dispatchEvent(
          new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true, cancelable: true }),
        );
      }`);
      const message = lane.deltas.messages[11]!;
      await sentLast(sent, { type: 'frame', key: lane.key, message });
      assert.equal(asked(), 1);
      await say({ type: 'frame', key: lane.key, message, raw: '{}', isRebuilt: true });
      await page.getByText('Message, rebuilt from the trace').waitFor();
      const before = asked();
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('ArrowRight');
      await page.waitForTimeout(250);
      assert.equal(await page.locator('.frame-text').textContent(), '{}');
      assert.equal(asked(), before);
    }));

  test('a stretch of time has figures of its own', () =>
    withPage({}, async ({ page }) => {
      const [from, to] = [lane.deltas.atMs[10]!, lane.deltas.atMs[40]!];
      for (let i = 0; i < 11; i++) await page.keyboard.press('ArrowRight');
      await page.keyboard.press('[');
      for (let i = 0; i < 30; i++) await page.keyboard.press('ArrowRight');
      await page.keyboard.press(']');
      const shown = await page.locator('.detail-area').innerText();
      const rows = areaFigureRows(areaFigures(lane, { startMs: from, endMs: to }));
      for (const { label, value } of rows) assert.ok(shown.includes(`${label}\n${value}`), label);
      await screenshot(page, 'timeline-area');
      await page.keyboard.press('f');
      await page.keyboard.press('Escape');
      assert.equal(await page.locator('.detail-area').isVisible(), false);
    }));

  test('the table sorts, and is linked with the timeline', () =>
    withPage({ sessions: [lane, cloud] }, async ({ page }) => {
      await page.keyboard.press('t');
      const grid = page.getByRole('grid', { name: 'Deltas' });
      await grid.waitFor();
      assert.equal(await grid.getAttribute('aria-rowcount'), String(lane.deltas.atMs.length + 1));
      const gap = page.getByRole('columnheader', { name: 'Gap (ms)' });
      await gap.click();
      await gap.click();
      assert.equal(await gap.getAttribute('aria-sort'), 'descending');
      const gaps = await page.locator('.grid-row .col-gapMs').allInnerTexts();
      const known = gaps.filter((text) => text !== '–').map(Number);
      assert.ok(known.length > 5);
      assert.deepEqual(
        known,
        known.toSorted((a, b) => b - a),
      );
      await gap.click();
      await page.locator('.grid-row').nth(6).click();
      assert.match(await page.locator('.drawer h2').first().innerText(), /^Delta 7 of/);
      assert.equal(await page.locator('.received').first().textContent(), texts.textAfter(6));
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      assert.match(await page.locator('.drawer h2').first().innerText(), /^Delta 8 of/);
      await page.keyboard.press('t');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('t');
      assert.equal(
        await page.locator('.grid-row[aria-selected="true"] .col-index').innerText(),
        '9',
      );
      await page.getByRole('button', { name: 'Lane below' }).click();
      assert.equal(await page.locator('.table-head h2').innerText(), 'cloud');
      await screenshot(page, 'timeline-table');
    }));

  test('the table is copied for spreadsheets and for programs: what is selected, or all', () =>
    withPage({}, async ({ page, sent }) => {
      await page.keyboard.press('t');
      const rows = deltaTable(lane);
      const copied = async (name: string) => {
        const before = sent.length;
        await page.getByRole('button', { name }).click();
        const copies = () => sent.slice(before).filter((message) => message.type === 'copy');
        await until(() => copies().length > 0, 'a copy');
        return copies()[0]!.text;
      };
      assert.equal(await copied('Copy Table'), deltaTableTsv(rows));
      assert.equal(await copied('Copy JSON'), deltaTableJson(rows));
      await page.locator('.grid-row').nth(2).click();
      assert.match(
        await page.locator('.table-head .count').innerText(),
        /^1 of \d+ deltas selected/,
      );
      assert.equal(await copied('Copy Table'), deltaTableTsv([rows[2]!]));
      await page.locator('.table-head h2').click();
      await page.keyboard.press(']');
      const { startMs } = lane.range;
      const inside = rows.filter(({ atMs }) => atMs >= startMs && atMs <= rows[2]!.atMs);
      assert.equal(await copied('Copy JSON'), deltaTableJson(inside));
    }));

  test('the keyboard alone reaches and does everything', () =>
    withPage({ sessions: [lane, cloud] }, async ({ page }) => {
      const focused = () =>
        page.evaluate<string>(`(() => {
          const { activeElement: focused } = document;
          return focused.getAttribute('aria-label') ?? focused.textContent;
        })()`);
      assert.match(await focused(), /^Timeline of 2 sessions/);
      await page.locator('h1').click();
      const stops: string[] = [];
      for (let presses = 0; presses < 13; presses++) {
        await page.keyboard.press('Tab');
        stops.push(await focused());
      }
      assert.deepEqual(stops, [
        'Open the run of local',
        'Remove the lane of local',
        'Open the run of cloud',
        'Remove the lane of cloud',
        'Play',
        'Timeline of 2 sessions. Arrow keys go from delta to delta and from track to track; question mark lists all keys.',
        'Said',
        'Received',
        'Word by word',
        'Said',
        'Received',
        'Word by word',
        'Details of the selection',
      ]);
      const play = page.locator('[data-action="playPause"]');
      await play.focus();
      for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
      assert.equal(await focused(), 'Show All');
      await page.keyboard.press('End');
      assert.equal(await focused(), 'Keyboard Shortcuts');
      await page.keyboard.press('Enter');
      const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts of the timeline' });
      await sheet.waitFor();
      const listed = await sheet.locator('dt').allTextContents();
      assert.deepEqual(new Set(listed), new Set(timelineActions.map(({ title }) => title)));
      await page.keyboard.press('Escape');
      assert.equal(await sheet.isVisible(), false);
    }));

  test('what is on other tracks is reached, shown and spoken with the keys alone', () =>
    withPage({ sessions: [lane, cloud] }, async ({ page, axe }) => {
      const voice = page.locator('[aria-live="polite"]');
      const tooltip = page.locator('.timeline-item-tooltip:not([hidden])');
      const { events } = lane;
      for (let track = 0; track < 3; track++) await page.keyboard.press('ArrowDown');
      assert.equal(
        (await voice.textContent())!.trim(),
        `Gaps of local: ${trackItems(lane, 'gaps').atMs.length}.`,
      );
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Home');
      const at = events.findIndex(({ kind }) => kind === 'commit');
      for (let event = 0; event <= at; event++) await page.keyboard.press('ArrowRight');
      await tooltip.waitFor();
      assert.match(await tooltip.innerText(), /^Commit: end of the audio/);
      assert.match(
        (await voice.textContent())!,
        new RegExp(`^Commit.*; ${at + 1} of ${events.length}`),
      );
      assert.ok((await page.locator('.timeline-item:visible').count()) === 1);
      assert.deepEqual(await axe(), []);
      await screenshot(page, 'timeline-track-keys');
      assert.match(await page.locator('.detail-event').innerText(), /^Commit: end of the audio/);
      await page.keyboard.press('End');
      await tooltip.waitFor({ state: 'detached' });
      await page.keyboard.press('ArrowRight');
      assert.match((await voice.textContent())!, /^Connection closed/);
      await page.keyboard.press('ArrowRight');
      assert.equal((await voice.textContent())!.trim(), 'No further item on this track.');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Home');
      await page.keyboard.press('ArrowRight');
      assert.match(await page.locator('.drawer h2').first().innerText(), /^Delta 1 of/);
    }));

  test('an event comes in full, with the message of the server', () =>
    withPage({ sessions: [lane, cloud] }, async ({ page, sent, say, axe }) => {
      const place = lane.events.findIndex(({ kind }) => kind === 'done');
      const { message } = lane.events[place]!;
      assert.ok(message !== null);
      for (let track = 0; track < 4; track++) await page.keyboard.press('ArrowDown');
      await page.keyboard.press('End');
      const details = page.locator('.detail-event');
      while (!(await details.isVisible()) || !(await details.innerText()).startsWith('Done')) {
        await page.keyboard.press('ArrowLeft');
      }
      await sentLast(sent, { type: 'frame', key: lane.key, message });
      const raw = '{"type":"<img src=x>","done":true}';
      await say({ type: 'frame', key: lane.key, message, raw, isRebuilt: false });
      assert.equal(await details.locator('.frame-text').textContent(), raw);
      assert.equal(await page.locator('img').count(), 0);
      assert.deepEqual(await axe(), []);
      await screenshot(page, 'timeline-event');
      await page.keyboard.press('Escape');
      await details.waitFor({ state: 'hidden' });
    }));

  test('Escape goes down its ladder: popup, stretch, delta, zoom, and the focus leaves', () =>
    withPage({}, async ({ page }) => {
      const state = () =>
        page.evaluate<string[]>(`(() => [
        document.querySelector('dialog').open ? 'sheet' : '',
        document.querySelector('.detail-area').hidden ? '' : 'area',
        document.querySelector('.detail-delta').hidden ? '' : 'delta',
        document.activeElement === document.querySelector('.timeline') ? 'focus' : '',
      ].filter((part) => part !== ''))()`);
      for (let i = 0; i < 9; i++) await page.keyboard.press('ArrowRight');
      await page.keyboard.press('[');
      for (let i = 0; i < 4; i++) await page.keyboard.press('w');
      await page.keyboard.press('?');
      assert.deepEqual((await state()).slice(0, 3), ['sheet', 'area', 'delta']);
      const ladder = [['area', 'delta', 'focus'], ['delta', 'focus'], ['focus'], ['focus'], []];
      for (const rung of ladder) {
        await page.keyboard.press('Escape');
        assert.deepEqual(await state(), rung);
      }
    }));

  test('Escape closes what the pointer rests on first', () =>
    withPage({}, async ({ page }) => {
      const tooltip = page.locator('.timeline-tooltip');
      await page.keyboard.press('ArrowRight');
      const ring = (await page.locator('.timeline-ring').boundingBox())!;
      await page.mouse.move(ring.x + 1, ring.y + ring.height / 2);
      await tooltip.waitFor();
      await page.keyboard.press('Escape');
      assert.equal(await tooltip.isVisible(), false);
      assert.equal(await page.locator('.detail-delta').isVisible(), true);
      await page.keyboard.press('Escape');
      assert.equal(await page.locator('.detail-delta').isVisible(), false);
    }));

  test('keys by their place, VS Code chords untouched', () =>
    withPage({}, async ({ page }) => {
      await page.evaluate(`(() => {
        window.prevented = [];
        window.addEventListener('keydown', (event) => {
          if (event.defaultPrevented) window.prevented.push(event.code);
        });
        const press = (init) => document.querySelector('.timeline').dispatchEvent(
          new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init }));
        press({ code: 'KeyW', key: 'z' });
        press({ code: 'KeyK', key: 'k', ctrlKey: true });
        press({ code: 'KeyP', key: 'P', ctrlKey: true, shiftKey: true });
        press({ code: 'Space', key: ' ', ctrlKey: true });
        press({ code: 'KeyX', key: 'x' });
        press({ code: 'ArrowLeft', key: 'ArrowLeft', altKey: true });
        press({ code: 'Digit8', key: '[', ctrlKey: true, altKey: true, modifierAltGraph: true });
      })()`);
      assert.deepEqual(await page.evaluate('window.prevented'), ['KeyW', 'Digit8']);
    }));

  test('commands of the palette do what the keys do', () =>
    withPage({}, async ({ page, say }) => {
      await say({ type: 'action', action: 'nextFinal' });
      const final = lane.deltas.kinds.indexOf(deltaKinds.indexOf('final'));
      assert.match(
        await page.locator('.drawer h2').first().innerText(),
        new RegExp(`^Delta ${final + 1} of`),
      );
      await say({ type: 'action', action: 'toggleTable' });
      await page.getByRole('grid', { name: 'Deltas' }).waitFor();
      await say({ type: 'action', action: 'shortcuts' });
      await page.getByRole('dialog').waitFor();
      await say({ type: 'action', action: 'escape' });
      await say({ type: 'action', action: 'noSuchThing' });
      assert.equal(await page.getByRole('dialog').count(), 0);
    }));

  test('what is chosen is spoken', () =>
    withPage({}, async ({ page, say }) => {
      const voice = page.locator('[aria-live="polite"]');
      await say({ type: 'reveal', key: lane.key, delta: 5 });
      assert.equal((await voice.textContent())!.trim(), spokenDelta(lane, texts, 5));
      await page.keyboard.press('l');
      assert.equal(await voice.textContent(), 'Looping.');
      await page.keyboard.press('p');
      await page.locator('[data-action="playPause"][aria-label="Play"]').waitFor({ timeout: 9000 });
      assert.match((await voice.textContent())!, /^Paused at \d/);
    }));

  test('how it looked comes back after a reload; what it cannot understand it leaves', () =>
    withPage({ sessions: [lane, cloud] }, async ({ page, say }) => {
      await say({ type: 'remember', restore: 'run://one' });
      await say({ type: 'reveal', key: 'cloud', delta: 30 });
      for (const key of ['w', 'w', '>', 'l', 'k', 'o', 't']) await page.keyboard.press(key);
      const saved = async () => {
        await page.waitForTimeout(400);
        return page.evaluate<Record<string, unknown>>(
          `JSON.parse(sessionStorage.getItem('state'))`,
        );
      };
      const before = await saved();
      assert.equal(before.restore, 'run://one');
      assert.equal(before.speed, 1.25);
      await page.reload();
      await page.locator('.grid-row[aria-selected="true"]').waitFor();
      assert.equal(await page.locator('.table-head h2').innerText(), 'cloud');
      assert.deepEqual(await saved(), before);
      await page.addInitScript(
        `sessionStorage.setItem('state', JSON.stringify({ version: 99, view: 'broken' }));`,
      );
      await page.reload();
      await page.locator('.lane').first().waitFor();
      assert.equal(await page.locator('.table-view').isVisible(), false);
      assert.equal((await saved()).version, 1);
    }));

  test('differences and revisions show by colour, by shape and in words', () =>
    withPage({}, async ({ page }) => {
      const wrong = page.locator('.words').last().locator('.word-substitute').first();
      assert.match((await wrong.textContent())!, /\(substituted, changed \d+ times\)/);
      assert.match((await wrong.getAttribute('title'))!, /changed \d+ times$/);
      const lines = await page.evaluate<string>(
        `getComputedStyle(document.querySelector('.word-substitute')).textDecoration`,
      );
      assert.match(lines, /wavy/);
      const heat = await page.evaluate<string>(
        `getComputedStyle(document.querySelector('[class*="heat-"]')).borderBottomStyle`,
      );
      assert.equal(heat, 'solid');
    }));

  test('hostile text stays text', () => {
    const hostile = varied.find(({ deltas }) =>
      deltas.texts.some((text) => text.includes('<img')),
    )!;
    return withPage({ sessions: [hostile] }, async ({ page }) => {
      await page.keyboard.press('End');
      assert.match((await page.locator('.received').textContent())!, /<img src=x onerror/);
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('t');
      assert.equal(await page.locator('img, b').count(), 0);
      assert.equal(await page.title(), 'RTBench Timeline');
    });
  });

  test('right-to-left and unspaced text are laid out by their own rules', async () => {
    const direction = (page: Page) =>
      page.evaluate<string>(`getComputedStyle(document.querySelector('.received')).direction`);
    const hebrew = varied.find(({ utterance }) => utterance.startsWith('clip-he'))!;
    await withPage({ sessions: [hebrew] }, async ({ page }) => {
      await page.keyboard.press('End');
      assert.equal(await direction(page), 'rtl');
      await screenshot(page, 'timeline-rtl');
    });
    const japanese = varied.find(({ utterance }) => utterance.startsWith('clip-ja'))!;
    await withPage({ sessions: [japanese] }, async ({ page }) => {
      await page.keyboard.press('End');
      assert.equal(await direction(page), 'ltr');
      const words = (await page.locator('.words').last().textContent())!;
      assert.equal(
        words.replace(' (substituted)', ''),
        japanese.words.map(({ text }) => text).join(''),
      );
      assert.ok(japanese.words.length > 3);
      await screenshot(page, 'timeline-cjk');
    });
  });

  test('the page stays small', () => {
    assert.ok(host.scriptBytes < 320_000, `script: ${host.scriptBytes} bytes`);
    assert.ok(host.styleBytes < 26_000, `style: ${host.styleBytes} bytes`);
  });
});
