import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { DisplayedTexts } from '../../../src/timeline/displayedTexts.ts';
import type { ToTimeline } from '../../../src/timeline/timelineMessages.ts';
import type { Stretch, TimelineSession } from '../../../src/timeline/timelineSession.ts';
import { spanOf } from '../../../src/timeline/viewport.ts';
import { launchChromium, skipWithoutChromium } from '../../support/launchChromium.ts';
import { screenshot } from '../../support/screenshot.ts';
import { timelineLane } from '../../support/timelineLane.ts';
import {
  appendedSpeech,
  audioMessages,
  laneOf,
  liveUntil,
  revisableSpeech,
  spokenSamples,
  variedLanes,
  wavOf,
} from '../../support/webview/timelineFixtures.ts';
import { checkPage } from '../../support/webview/pageDriver.ts';
import type { PageHost } from '../../support/webview/pageHost.ts';
import { startTimelineHost } from '../../support/webview/timelineHost.ts';
import {
  openTimelinePage,
  type TimelinePageDriver,
  type TimelinePageOptions,
} from '../../support/webview/timelinePageDriver.ts';
import { themeKinds } from '../../support/webview/webviewTheme.ts';

const speech = revisableSpeech();
const samples = spokenSamples(speech);
const lane = laneOf(speech);
const cloud = laneOf(appendedSpeech(), { endpoint: 'cloud' });
const varied = variedLanes();
const byStatus = (status: string) => varied.find((one) => one.status === status)!;

type PageOptions = Partial<TimelinePageOptions> & { sessions?: readonly TimelineSession[] };

describe(
  'states and looks of the timeline page',
  { skip: skipWithoutChromium(), concurrency: false },
  () => {
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

    test('another session is shown whole, whatever was chosen in the one before', () => {
      const other = { ...laneOf(appendedSpeech(), { endpoint: 'other' }), key: 'another run' };
      return withPage({}, async ({ page, say }) => {
        const saved = async () => {
          await page.waitForTimeout(400);
          return page.evaluate<{ view: Stretch | null; playheadMs: number }>(
            `JSON.parse(sessionStorage.getItem('state'))`,
          );
        };
        await page.locator('.timeline').focus();
        await page.keyboard.press('End');
        for (let press = 0; press < 8; press += 1) await page.keyboard.press('w');
        await screenshot(page, 'timeline-zoomed');
        const before = await saved();
        assert.ok(before.view && spanOf(before.view) < 2000);
        await say({ type: 'lanes', sessions: [other] });
        const { view, playheadMs } = await saved();
        assert.equal(playheadMs, 0);
        // Saved as nothing where the view is of all there is.
        assert.equal(view, null);
      });
    });

    test('a live session grows in sight until the user looks elsewhere, and again when asked', () => {
      const at = (ms: number) => laneOf(liveUntil(speech, ms), { live: true });
      return withPage({ sessions: [at(3000)] }, async ({ page, say, axe }) => {
        await page.locator('.live').waitFor();
        assert.equal(await page.locator('.status-live').innerText(), 'live');
        const follow = page.getByRole('button', { name: 'Follow' });
        await say({ type: 'lane', session: at(4000) });
        const seen = () => page.locator('.received').textContent();
        assert.equal(await seen(), new DisplayedTexts(at(4000).deltas).textAt(Infinity));
        assert.equal(await follow.isVisible(), false);
        assert.deepEqual(await axe(), []);
        await screenshot(page, 'timeline-live-session');
        await page.keyboard.press('Home');
        await follow.waitFor();
        await say({ type: 'lane', session: at(5000) });
        assert.equal(await seen(), '');
        await follow.click();
        await say({ type: 'lane', session: at(6000) });
        assert.equal(await seen(), new DisplayedTexts(at(6000).deltas).textAt(Infinity));
        await say({ type: 'lane', session: lane });
        await page.locator('.live').waitFor({ state: 'hidden' });
        assert.match(await page.locator('.lane .status').innerText(), /success/);
        assert.match((await page.locator('[aria-live]').textContent())!, /ended: success/);
      });
    });

    test('sessions that failed or gave no text say so', async () => {
      const failed = byStatus('failed');
      await withPage({ sessions: [failed] }, async ({ page, axe }) => {
        assert.equal(await page.locator('.lane-failure').innerText(), failed.failure);
        await page.getByText('No text came.').waitFor();
        assert.deepEqual(await axe(), []);
        await screenshot(page, 'timeline-failed');
      });
      await withPage({ sessions: [byStatus('empty')] }, async ({ page, axe }) => {
        assert.match(await page.locator('.lane .status').innerText(), /empty/);
        assert.deepEqual(await axe(), []);
      });
    });

    test('says that it is reading only when it takes long, and then does not jump', () =>
      withPage({ first: [{ type: 'loading', label: 'Reading the run…' }] }, async (driver) => {
        const { page, say, axe } = driver;
        assert.equal(await page.locator('.stage-note').innerText(), '');
        await page.getByText('Reading the run…').waitFor();
        assert.deepEqual(await axe(), []);
        const tops = () =>
          page.evaluate<number[]>(
            `['.bar', '.stage', '.drawer'].map((part) =>
            document.querySelector(part).getBoundingClientRect().top)`,
          );
        const before = await tops();
        assert.equal(await page.locator('.replay').isVisible(), false);
        await say({ type: 'lanes', sessions: [lane] });
        for (const message of sound) await say(message);
        await page.locator('.word').first().waitFor();
        assert.deepEqual(await tops(), before);
        assert.equal(await page.getByText('Reading the run…').count(), 0);
      }));

    test('one lane is seen whole, and nothing moves while it is replayed', () =>
      withPage({}, async ({ page }) => {
        const hidden = () =>
          page.evaluate<number>(`(() => {
            const tracks = document.querySelector('.timeline-tracks');
            return tracks.scrollHeight - tracks.clientHeight;
          })()`);
        const heights = () =>
          page.evaluate<number[]>(
            `['.stage', '.replay', '.received', '.words'].map((part) =>
            document.querySelector(part).getBoundingClientRect().height)`,
          );
        assert.equal(await hidden(), 0);
        const before = await heights();
        await screenshot(page, 'timeline-one-lane');
        await page.keyboard.press('End');
        const text = page.locator('.received');
        assert.equal(await text.textContent(), new DisplayedTexts(lane.deltas).textAt(Infinity));
        const unseen = await page.evaluate<number>(`(() => {
          const shown = document.querySelector('.received');
          return shown.scrollHeight - shown.clientHeight;
        })()`);
        assert.equal(unseen, 0);
        assert.deepEqual(await heights(), before);
        await screenshot(page, 'timeline-end');
      }));

    test('the word that is said is in sight in lines that scroll', () =>
      withPage({ sessions: [lane, cloud] }, async ({ page, say }) => {
        const last = lane.referenceWords!.at(-1)!;
        const { atMs } = lane.deltas;
        const inside = atMs.findIndex((ms) => ms >= last.startMs && ms < last.endMs);
        for (const delta of [inside, 1]) {
          await say({ type: 'reveal', key: lane.key, delta });
          const beyond = await page.evaluate<number[]>(`
            [...document.querySelectorAll('.word.sounding')].map((word) => {
              const line = word.parentElement.getBoundingClientRect();
              const { top, bottom } = word.getBoundingClientRect();
              return Math.max(line.top - top, bottom - line.bottom);
            })`);
          assert.ok(beyond.length >= 2, `${beyond.length} words`);
          for (const px of beyond) assert.ok(px <= 0, `${px} px out of sight`);
        }
      }));

    test('a long text scrolls within the lines that it may take', () =>
      withPage({ sessions: [laneOf(appendedSpeech(90_000))] }, async ({ page }) => {
        await page.keyboard.press('End');
        const [lines, isAtEnd] = await page.evaluate<[number, boolean]>(`(() => {
          const shown = document.querySelector('.received');
          const linePx = parseFloat(getComputedStyle(shown).lineHeight);
          const atEnd = shown.scrollTop + shown.clientHeight >= shown.scrollHeight - 1;
          return [Math.round(shown.clientHeight / linePx), atEnd];
        })()`);
        assert.deepEqual([lines, isAtEnd], [4, true]);
        await screenshot(page, 'timeline-long-text');
      }));

    test('says what is wrong where nothing can be shown', () =>
      withPage(
        {
          first: [{ type: 'problem', message: 'x.rtbench.json: <b>not there</b>. Open another.' }],
        },
        async ({ page, say, axe }) => {
          await page.getByRole('alert').waitFor();
          assert.match(await page.getByRole('alert').innerText(), /<b>not there<\/b>/);
          assert.deepEqual(await axe(), []);
          await page.keyboard.press('Space');
          await say({ type: 'lanes', sessions: [lane] });
          await page.locator('.lane').waitFor();
        },
      ));

    test('says that audio is being prepared only when it takes long', () =>
      withPage({ first: [{ type: 'lanes', sessions: [timelineLane()] }] }, async ({ page }) => {
        await page.getByText('Preparing the audio…').waitFor();
      }));

    for (const theme of themeKinds) {
      test(`breaks no accessibility rule in ${theme}`, () =>
        withPage({ theme, sessions: [lane, cloud] }, async ({ page, say, axe }) => {
          await say({ type: 'reveal', key: lane.key, delta: 33 });
          await page.keyboard.press('Enter');
          await page.waitForTimeout(250);
          const message = lane.deltas.messages[33]!;
          const raw = JSON.stringify({ type: 'transcription.delta', delta: 'hi' });
          await say({ type: 'frame', key: lane.key, message, raw, isRebuilt: false });
          assert.deepEqual(await axe(), []);
          await screenshot(page, `timeline-${theme}`);
          await page.keyboard.press('t');
          assert.deepEqual(await axe(), []);
          await page.keyboard.press('?');
          assert.deepEqual(await axe(), []);
        }));
    }

    for (const [width, deviceScaleFactor] of [
      [300, 1],
      [640, 2],
    ] as const) {
      test(`nothing overflows at ${width} px and ${deviceScaleFactor * 100} %`, () =>
        withPage(
          { width, deviceScaleFactor, sessions: [lane, cloud] },
          async ({ page, say, axe }) => {
            await say({ type: 'reveal', key: lane.key, delta: 33 });
            const overflow = () =>
              page.evaluate<number>(
                'document.documentElement.scrollWidth - document.documentElement.clientWidth',
              );
            assert.equal(await overflow(), 0);
            assert.deepEqual(await axe(), []);
            await screenshot(page, `timeline-${width}px`);
            await page.keyboard.press('t');
            assert.equal(await overflow(), 0);
          },
        ));
    }

    test('works with forced colours and without motion', () =>
      withPage({ forcedColors: 'active', reducedMotion: 'reduce' }, async ({ page, say }) => {
        await say({ type: 'reveal', key: lane.key, delta: 33 });
        await screenshot(page, 'timeline-forced-colours');
        const marked = await page.evaluate<string>(
          `getComputedStyle(document.querySelector('.received .latest')).textDecorationLine`,
        );
        assert.equal(marked, 'underline');
      }));

    test('many lanes are shown from their top at first', () => {
      const sessions = ['a', 'b', 'c', 'd', 'e'].map((key) => ({ ...cloud, key, endpoint: key }));
      return withPage({ sessions, height: 900 }, async ({ page }) => {
        const scrollTop = () =>
          page.evaluate<number>(`document.querySelector('.timeline-tracks').scrollTop`);
        await page.waitForTimeout(300);
        assert.equal(await scrollTop(), 0);
        await page.keyboard.press('Control+ArrowDown');
        await page.waitForFunction(`document.querySelector('.timeline-tracks').scrollTop > 0`);
      });
    });

    test('lanes laid over each other', () =>
      withPage({ sessions: [lane, cloud] }, async ({ page, say }) => {
        await say({ type: 'reveal', key: lane.key, delta: 70 });
        await page.keyboard.press('o');
        await page.waitForTimeout(200);
        await screenshot(page, 'timeline-overlaid');
      }));
  },
);
