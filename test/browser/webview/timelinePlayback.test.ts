import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { DisplayedTexts } from '../../../src/timeline/displayedTexts.ts';
import { clockTime } from '../../../src/timeline/formatTime.ts';
import { deltaKinds, type TimelineSession } from '../../../src/timeline/timelineSession.ts';
import { launchChromium, skipWithoutChromium } from '../../support/launchChromium.ts';
import {
  appendedSpeech,
  audioMessages,
  laneOf,
  revisableSpeech,
  spokenSamples,
  wavOf,
} from '../../support/webview/timelineFixtures.ts';
import { checkPage } from '../../support/webview/pageDriver.ts';
import type { PageHost } from '../../support/webview/pageHost.ts';
import { sentLast } from '../../support/webview/sentLast.ts';
import { startTimelineHost } from '../../support/webview/timelineHost.ts';
import {
  openTimelinePage,
  type TimelinePageDriver,
  type TimelinePageOptions,
} from '../../support/webview/timelinePageDriver.ts';

const speech = revisableSpeech(6000);
const samples = spokenSamples(speech);
const lane = laneOf(speech);
const texts = new DisplayedTexts(lane.deltas);

/** What the page showed in one frame, and where the sound was. */
interface Sample {
  soundMs: number;
  playheadMs: number;
  highlighted: string | null;
  received: string;
}

/** Looks at every frame for a while. */
const watchFrames = (forMs: number) => `new Promise((done) => {
  const sound = document.querySelector('audio');
  const samples = [];
  const began = performance.now();
  const look = () => {
    const [minutes, seconds] = document.querySelector('.time-now').textContent.split(':');
    samples.push({
      soundMs: sound.currentTime * 1000,
      playheadMs: (Number(minutes.replace('−', '-')) * 60 + Number(seconds)) * 1000,
      highlighted: document.querySelector('.words .sounding')?.firstChild.textContent ?? null,
      received: document.querySelector('.received').textContent,
    });
    if (performance.now() - began < ${forMs}) requestAnimationFrame(look);
    else done(samples);
  };
  requestAnimationFrame(look);
})`;

async function playheadMs(page: Page): Promise<number> {
  const shown = (await page.locator('.time-now').textContent()) ?? '';
  const sign = shown.startsWith('−') ? -1 : 1;
  const [minutes, seconds] = shown.replace('−', '').split(':');
  return sign * (Number(minutes) * 60 + Number(seconds)) * 1000;
}

async function untilPaused(page: Page): Promise<void> {
  await page.locator('[data-action="playPause"][aria-label="Play"]').waitFor({ timeout: 10_000 });
}

/** What is looked at may be what the frame before has drawn, however long that took. */
function assertKeepsToSound(seen: readonly Sample[]): void {
  let beforeMs = 0;
  for (const { soundMs, playheadMs: shownMs } of seen) {
    assert.ok(shownMs >= beforeMs - 50, `${shownMs} after ${beforeMs} ms`);
    assert.ok(shownMs <= soundMs + 50, `${shownMs} for ${soundMs} ms`);
    beforeMs = soundMs;
  }
}

/** Times are shown in whole milliseconds: the text is the one just before or just after. */
function assertTextAt(shownMs: number, received: string | null): void {
  const possible = [texts.textAt(shownMs - 0.5), texts.textAt(shownMs + 0.5)];
  assert.ok(possible.includes(received!), `“${received}” at ${shownMs} ms, not “${possible[0]}”`);
}

describe(
  'playing on the timeline page',
  { skip: skipWithoutChromium(), concurrency: false },
  () => {
    let host: PageHost;
    let browser: Browser;
    let uri: string;

    before(async () => {
      host = await startTimelineHost();
      browser = await launchChromium();
      uri = host.offer('speech.wav', wavOf(samples));
    });

    after(async () => {
      await browser.close();
      await host.close();
    });

    /** Opens a page, checks with it, and then that nothing went wrong in it unnoticed. */
    async function withPage(
      options: Partial<TimelinePageOptions> & {
        sessions?: TimelineSession[];
        playUri?: string | null;
      },
      check: (driver: TimelinePageDriver) => Promise<void>,
    ): Promise<void> {
      const { sessions = [lane], playUri = uri, ...others } = options;
      const first = [
        { type: 'lanes' as const, sessions },
        ...audioMessages('speech', samples, playUri),
      ];
      const driver = await openTimelinePage(browser, host, { first, ...others });
      await checkPage(driver, async () => {
        await driver.page.locator('.word').first().waitFor();
        await check(driver);
      });
    }

    test('the playhead, the highlighted word and the text keep to the sound', () =>
      withPage({}, async ({ page }) => {
        await page.keyboard.press('Space');
        const seen = await page.evaluate<Sample[]>(watchFrames(2500));
        const heard = seen.filter(({ soundMs }) => soundMs > 50);
        assert.ok(heard.length > 20, `${heard.length} frames`);
        assert.ok(heard.at(-1)!.soundMs > 1500, `reached ${heard.at(-1)!.soundMs} ms`);
        const words = lane.referenceWords!;
        const wordAt = (atMs: number) =>
          words.find(({ startMs, endMs }) => startMs <= atMs && atMs < endMs)?.text ?? null;
        assertKeepsToSound(heard);
        for (const { playheadMs: shownMs, highlighted, received } of heard) {
          const possible = [wordAt(shownMs - 0.5), wordAt(shownMs + 0.5)];
          assert.ok(possible.includes(highlighted), `${highlighted} at ${shownMs} ms`);
          assertTextAt(shownMs, received);
        }
        assert.ok(new Set(heard.map(({ highlighted }) => highlighted)).size > 3);
      }));

    test('plays faster and slower without another pitch', () =>
      withPage({}, async ({ page }) => {
        for (const [key, rate] of [
          ['>', 1.25],
          ['>', 1.5],
          ['<', 1.25],
        ] as const) {
          await page.keyboard.press(key);
          await page.keyboard.press('Space');
          const rates = await page.evaluate<unknown[]>(`(() => {
          const { playbackRate, preservesPitch } = document.querySelector('audio');
          return [playbackRate, preservesPitch];
        })()`);
          assert.deepEqual(rates, [rate, true]);
          await page.keyboard.press('Space');
        }
        assert.equal(await page.evaluate(`document.querySelector('.speed').value`), '1.25');
      }));

    test('goes on by a silent clock after the sound, and stops at the end', () =>
      withPage({}, async ({ page, say }) => {
        const last = lane.deltas.atMs.length - 1;
        assert.ok(lane.deltas.atMs[last]! > 6000, 'the last text comes after the audio');
        await say({ type: 'reveal', key: lane.key, delta: last - 12 });
        await page.keyboard.press('Space');
        await untilPaused(page);
        assert.ok(Math.abs((await playheadMs(page)) - lane.range.endMs) <= 1);
        assert.equal(await page.locator('.received').textContent(), texts.textAfter(last));
        // From the end, playing begins anew.
        await page.keyboard.press('Space');
        assert.ok((await playheadMs(page)) < lane.range.endMs - 1000);
      }));

    test('plays to the chosen delta and stops at its arrival', () =>
      withPage({}, async ({ page, say }) => {
        const delta = 20;
        await say({ type: 'reveal', key: lane.key, delta });
        await page.keyboard.press('Home');
        await page.keyboard.press('Shift+Tab');
        await page.keyboard.press('Tab');
        await page.keyboard.press('p');
        await untilPaused(page);
        const atMs = lane.deltas.atMs[delta]!;
        assert.ok(Math.abs((await playheadMs(page)) - atMs) <= 1, `${await playheadMs(page)}`);
        assert.equal(await page.locator('.received').textContent(), texts.textAfter(delta));
      }));

    test('plays the selected stretch once, and round and round when looping', () =>
      withPage({}, async ({ page }) => {
        const word = lane.referenceWords![1]!;
        await page.keyboard.press('Control+ArrowRight');
        await page.keyboard.press('Enter');
        await page.keyboard.press('Shift+Space');
        await untilPaused(page);
        assert.ok(Math.abs((await playheadMs(page)) - word.endMs) <= 1);
        await page.keyboard.press('l');
        await page.keyboard.press('Shift+Space');
        const seen = await page.evaluate<Sample[]>(watchFrames(1500));
        const places = seen.map(({ playheadMs: ms }) => ms);
        assert.ok(places.every((ms) => ms >= word.startMs - 1 && ms <= word.endMs + 1));
        const rounds = places.filter((ms, i) => i > 0 && ms < places[i - 1]! - 50).length;
        assert.ok(rounds >= 2, `${rounds} rounds`);
        await page.keyboard.press('Space');
      }));

    test('a click on a word goes to where it is said, also while playing', () =>
      withPage({}, async ({ page }) => {
        const word = lane.referenceWords![4]!;
        await page.locator('.words').first().getByText(word.text, { exact: true }).first().click();
        assert.ok(Math.abs((await playheadMs(page)) - word.startMs) <= 1);
        // Slowly: also on a busy machine the sound is not past the word again when looked at.
        for (let press = 0; press < 3; press++) await page.keyboard.press('<');
        await page.keyboard.press('Space');
        await page.waitForTimeout(300);
        await page.locator('.words').first().locator('.word').first().click();
        await page.waitForTimeout(200);
        const seen = await page.evaluate<Sample[]>(watchFrames(300));
        assert.ok(seen.every(({ soundMs }) => soundMs < word.startMs));
        assertKeepsToSound(seen);
      }));

    test('shows at any time exactly the text that was displayed then', () =>
      withPage(
        { sessions: [lane, laneOf(appendedSpeech(6000), { endpoint: 'cloud' })] },
        async (driver) => {
          const { page, say } = driver;
          const other = new DisplayedTexts(laneOf(appendedSpeech(6000)).deltas);
          const count = lane.deltas.atMs.length;
          for (const delta of [0, 1, 7, 23, 24, Math.floor(count / 2), count - 2, count - 1]) {
            await say({ type: 'reveal', key: lane.key, delta });
            const shown = await page.locator('.received').allTextContents();
            const atMs = lane.deltas.atMs[delta]!;
            assert.deepEqual(shown, [texts.textAfter(delta), other.textAt(atMs)]);
          }
        },
      ));

    test('stepping shows the text after each delta, also of those that came in one piece', () => {
      const atMs = lane.deltas.atMs.map((ms, delta) => (delta < 12 ? 600 : ms));
      const sameTime = { ...lane, deltas: { ...lane.deltas, atMs } };
      return withPage({ sessions: [sameTime] }, async ({ page }) => {
        const seen = async () => ({
          text: await page.locator('.received').textContent(),
          place: await page.locator('.change-place').textContent(),
        });
        const expected = (delta: number) => ({
          text: texts.textAfter(delta),
          place: `Delta ${delta + 1} of ${atMs.length} at ${clockTime(atMs[delta]!)}`,
        });
        for (let delta = 0; delta < 16; delta++) {
          await page.keyboard.press('ArrowRight');
          assert.deepEqual(await seen(), expected(delta));
        }
        for (let delta = 14; delta >= 0; delta--) {
          await page.keyboard.press('ArrowLeft');
          assert.deepEqual(await seen(), expected(delta));
        }
      });
    });

    for (const speed of [0.25, 4]) {
      test(`keeps to the sound and shows the text of the instant at speed ${speed}`, () =>
        withPage({}, async ({ page }) => {
          const key = speed < 1 ? '<' : '>';
          for (let press = 0; press < 5; press++) await page.keyboard.press(key);
          await page.keyboard.press('Space');
          const seen = await page.evaluate<Sample[]>(watchFrames(1500));
          const heard = seen.filter(({ soundMs }) => soundMs > 50);
          const [first, last] = [heard[0]!, heard.at(-1)!];
          assert.ok(last.soundMs - first.soundMs > 800 * Math.min(1, speed));
          for (const { playheadMs: shownMs, received } of heard) assertTextAt(shownMs, received);
          assert.equal(await page.evaluate(`document.querySelector('audio').playbackRate`), speed);
        }));
    }

    test('text that may change looks other than text that stands; what came last is marked', () =>
      withPage({}, async ({ page, say }) => {
        const final = lane.deltas.kinds.indexOf(deltaKinds.indexOf('final'));
        await say({ type: 'reveal', key: lane.key, delta: final - 1 });
        const slant = `getComputedStyle(document.querySelector('.received .partial')).fontStyle`;
        assert.equal(await page.evaluate(slant), 'italic');
        const { added } = texts.changeOf(final - 1);
        assert.equal((await page.locator('.received .latest').allTextContents()).join(''), added);
        await say({ type: 'reveal', key: lane.key, delta: final });
        assert.equal(await page.locator('.received .partial').count(), 0);
        const stands = await page.locator('.received .final').allTextContents();
        assert.equal(stands.join(''), texts.textAfter(final));
        const replacing = texts.changeOf(3);
        assert.notEqual(replacing.removed, '');
        await say({ type: 'reveal', key: lane.key, delta: 3 });
        assert.equal(await page.locator('.change del').textContent(), replacing.removed);
      }));

    test('audio that cannot be read is replayed without sound, and says so', () => {
      const broken = host.offer('broken.wav', new TextEncoder().encode('this is no audio'));
      return withPage({ playUri: broken }, async ({ page }) => {
        await page.getByText('The audio could not be played').waitFor();
        await page.keyboard.press('Space');
        await page.waitForTimeout(700);
        await page.keyboard.press('Space');
        const at = await playheadMs(page);
        assert.ok(at > 300 && at < lane.range.endMs, `${at}`);
        assertTextAt(at, await page.locator('.received').textContent());
      });
    });

    test('without audio the silent clock replays all the same, at the chosen speed', () =>
      withPage(
        {
          first: [
            { type: 'lanes', sessions: [lane] },
            {
              type: 'audio',
              audioKey: 'speech',
              playUri: null,
              sampleRateHz: 16_000,
              totalSamples: 0,
              problem: 'speech.wav is not where it was. Locate it to hear it.',
            },
          ],
        },
        async ({ page, sent, axe }) => {
          await page.getByText('speech.wav is not where it was').waitFor();
          assert.deepEqual(await axe(), []);
          for (let i = 0; i < 5; i++) await page.keyboard.press('>');
          await page.keyboard.press('Space');
          await untilPaused(page);
          assert.ok(Math.abs((await playheadMs(page)) - lane.range.endMs) <= 1);
          await page.getByRole('button', { name: 'Locate Audio…' }).click();
          await sentLast(sent, { type: 'locateAudio', audioKey: 'speech' });
        },
      ));

    test('pauses when the page is hidden', () =>
      withPage({}, async ({ page }) => {
        await page.keyboard.press('Space');
        await page.waitForTimeout(200);
        await page.evaluate(`(() => {
        Object.defineProperty(document, 'hidden', { value: true });
        document.dispatchEvent(new Event('visibilitychange'));
      })()`);
        await untilPaused(page);
        assert.equal(await page.evaluate(`document.querySelector('audio').paused`), true);
      }));
  },
);
