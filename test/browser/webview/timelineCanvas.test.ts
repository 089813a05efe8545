import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { samplesPerPeak } from '../../../src/timeline/timelineMessages.ts';
import type { Stretch, TimelineSession } from '../../../src/timeline/timelineSession.ts';
import { fullRange, spanOf, xOfMs } from '../../../src/timeline/viewport.ts';
import { layoutTracks, type TrackKind } from '../../../webview-ui/timeline/canvas/layout.ts';
import type { TimelineState } from '../../../webview-ui/timeline/timelineState.ts';
import { launchChromium, skipWithoutChromium } from '../../support/launchChromium.ts';
import { longSession } from '../../support/longSession.ts';
import { timelineLane } from '../../support/timelineLane.ts';
import {
  bundleCanvasPage,
  canvasState,
  openCanvasPage,
  pixelRow,
  type CanvasPage,
  type CanvasPageOptions,
} from '../../support/webview/timelineCanvasPage.ts';
import { themeKinds } from '../../support/webview/webviewTheme.ts';

const golden = timelineLane();
const sampleRateHz = 16_000;
const tracksElement = "document.querySelector('.timeline-tracks')";
const longest = longSession({ durationMs: 20_000, deltas: 300, revisable: true });
const revised: TimelineSession = { ...timelineLane(longest), key: 'revised' };

describe('the picture of the timeline', { skip: skipWithoutChromium(), concurrency: false }, () => {
  let bundle: Awaited<ReturnType<typeof bundleCanvasPage>>;
  let browser: Browser;

  before(async () => {
    bundle = await bundleCanvasPage();
    browser = await launchChromium();
  });

  after(async () => {
    await browser.close();
  });

  async function withPicture(
    change: Partial<TimelineState>,
    options: CanvasPageOptions,
    check: (picture: CanvasPage) => Promise<void>,
  ): Promise<void> {
    const lanes = change.lanes ?? [golden];
    const state = canvasState({
      lanes,
      view: fullRange(lanes),
      selection: { lane: lanes[0]!.key, delta: null, area: null },
      ...change,
    });
    const picture = await openCanvasPage(browser, bundle, state, options);
    try {
      await check(picture);
      assert.deepEqual(picture.errors, []);
    } finally {
      await picture.close();
    }
  }

  /** Where the plot lies and what is in it, as the picture lays it out. */
  async function plotOf({ page, state }: CanvasPage, lanes: readonly TimelineSession[] = [golden]) {
    const tracks = (await page.locator('.timeline-tracks').boundingBox())!;
    const [width, height] = await page.evaluate<[number, number]>(
      `[${tracksElement}.clientWidth, ${tracksElement}.clientHeight]`,
    );
    const shown = canvasState({ lanes });
    const layout = layoutTracks(shown, { width, height });
    const { view } = await state();
    const trackOf = (kind: TrackKind) => layout.tracks.find((track) => track.kind === kind)!;
    return {
      tracks,
      trackOf,
      view,
      x: (ms: number) => layout.gutter + xOfMs(view, width - layout.gutter, ms),
      left: layout.gutter,
      width: width - layout.gutter,
      middleOf: (kind: TrackKind) =>
        tracks.y + trackOf(kind).bodyTop + trackOf(kind).bodyHeight / 2,
    };
  }

  for (const deviceScaleFactor of [1, 2]) {
    test(`boxes of deltas begin at their arrival, ratio ${deviceScaleFactor}`, () =>
      withPicture(
        { view: { startMs: 500, endMs: 1200 } },
        { deviceScaleFactor },
        async (picture) => {
          const plot = await plotOf(picture);
          const box = plot.trackOf('deltas').bodyTop + 4;
          const row = await pixelRow(picture.page, '.timeline-drawing', box);
          const ground = row[Math.round((plot.x(515) + 1) * deviceScaleFactor)]!;
          for (const place of [1, 2, 3, 4]) {
            const expected = plot.x(golden.deltas.atMs[place]!) * deviceScaleFactor;
            // The edge of the box: where the pixels change for the first time near its place.
            const near = Math.round(expected) - 3;
            const edge =
              near + row.slice(near, near + 8).findIndex((c, i) => c !== row[near - 1 + i]);
            assert.ok(Math.abs(edge - expected) <= 1, `delta ${place}: ${edge}, not ${expected}`);
            assert.notEqual(row[edge], ground);
          }
        },
      ));
  }

  test('marker lines lie at their times across all tracks', () =>
    withPicture({}, {}, async (picture) => {
      const plot = await plotOf(picture);
      const heights = (['waveform', 'gaps', 'events'] as const).map((kind) => {
        const track = plot.trackOf(kind);
        return track.bodyTop + 2;
      });
      const firstText = golden.markers.find(({ id }) => id === 'firstText')!;
      const final = golden.markers.find(({ id }) => id === 'final')!;
      for (const y of heights) {
        const row = await pixelRow(picture.page, '.timeline-drawing', y);
        for (const { atMs, id } of [firstText, final]) {
          const x = Math.round(plot.x(atMs));
          assert.notEqual(row[x], row[x - 3], `${id} at height ${y}`);
          assert.notEqual(row[x], row[x + 4], `${id} at height ${y}`);
        }
      }
      const axis = await pixelRow(picture.page, '.timeline-axis', 78);
      const x = Math.round(plot.x(firstText.atMs));
      assert.notEqual(axis[x], axis[x - 3]);
    }));

  test('the waveform shows peaks where they are', () =>
    withPicture({}, {}, async (picture) => {
      const plot = await plotOf(picture);
      const loud = { startMs: 320, endMs: 480 };
      const minMax = new Int16Array(Math.ceil(16_000 / samplesPerPeak) * 2);
      for (let i = 0; i < minMax.length / 2; i += 1) {
        const ms = (i * samplesPerPeak * 1000) / sampleRateHz;
        const level = ms >= loud.startMs && ms < loud.endMs ? 20_000 : 100;
        minMax.set([-level, level], i * 2);
      }
      const audioKey = golden.audioKey;
      const audio = { playUri: null, sampleRateHz, totalSamples: 16_000, problem: null };
      await picture.receive({ type: 'audio', audioKey, ...audio });
      await picture.receive({ type: 'peaks', audioKey, from: 0, minMax });
      const { bodyTop } = plot.trackOf('waveform');
      const whole = await pixelRow(picture.page, '.timeline-drawing', bodyTop + 12);
      // The line of the first text has the colour of the wave.
      const row = whole.slice(0, Math.floor(plot.x(golden.deltas.atMs[1]!)));
      const wave = row[Math.round(plot.x(400))];
      assert.ok(Math.abs(row.indexOf(wave!) - plot.x(loud.startMs)) <= 1);
      assert.ok(Math.abs(row.lastIndexOf(wave!) - plot.x(loud.endMs)) <= 1);
    }));

  test('the minimap’s window is the view, and moves and resizes it', () =>
    withPicture({ view: { startMs: 200, endMs: 600 } }, {}, async (picture) => {
      const { page } = picture;
      const range = fullRange([golden]);
      const width = (await plotOf(picture)).width + (await plotOf(picture)).left;
      const windowBox = async () => (await page.locator('.minimap-window').boundingBox())!;
      const check = async (view: Stretch) => {
        const box = await windowBox();
        assert.ok(Math.abs(box.x - xOfMs(range, width, view.startMs)) <= 1);
        assert.ok(Math.abs(box.x + box.width - xOfMs(range, width, view.endMs)) <= 1);
      };
      await check({ startMs: 200, endMs: 600 });
      const box = await windowBox();
      const y = box.y + box.height / 2;
      await page.mouse.move(box.x + box.width / 2, y);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width / 2 + 100, y);
      await page.mouse.up();
      await picture.drawn();
      const moved = (await picture.state()).view;
      const movedMs = (100 / width) * spanOf(range);
      assert.ok(Math.abs(moved.startMs - 200 - movedMs) < 1);
      assert.ok(Math.abs(spanOf(moved) - 400) < 1e-6);
      await check(moved);
      const edge = (await windowBox()).x;
      await page.mouse.move(edge + 1, y);
      await page.mouse.down();
      await page.mouse.move(edge + 51, y);
      await page.mouse.up();
      await picture.drawn();
      const resized = (await picture.state()).view;
      assert.equal(resized.endMs, moved.endMs);
      assert.ok(Math.abs(resized.startMs - moved.startMs - movedMs / 2) < 1);
      await check(resized);
    }));

  test('the wheel zooms about the pointer with Ctrl and pans with Shift', () =>
    withPicture({ view: { startMs: 0, endMs: 800 } }, {}, async (picture) => {
      const { page } = picture;
      const plot = await plotOf(picture);
      const x = Math.round(plot.x(300));
      const atMs = (plot.view.endMs * (x - plot.left)) / plot.width;
      await page.mouse.move(x, plot.middleOf('waveform'));
      await page.keyboard.down('Control');
      await page.mouse.wheel(0, -200);
      await page.keyboard.up('Control');
      await picture.drawn();
      const zoomed = await plotOf(picture);
      assert.ok(spanOf(zoomed.view) < 400);
      assert.ok(Math.abs(zoomed.x(atMs) - x) < 0.01, 'the time under the pointer stays');
      await page.keyboard.down('Shift');
      await page.mouse.wheel(0, 50);
      await page.keyboard.up('Shift');
      await picture.drawn();
      const panned = (await picture.state()).view;
      assert.ok(panned.startMs > zoomed.view.startMs);
      assert.ok(Math.abs(spanOf(panned) - spanOf(zoomed.view)) < 1e-9);
    }));

  test('a click seeks and selects the delta under it, with a ring around its box', () =>
    withPicture({ view: { startMs: 500, endMs: 1200 } }, {}, async (picture) => {
      const { page } = picture;
      const plot = await plotOf(picture);
      await page.mouse.click(plot.x(622) + 2, plot.middleOf('deltas') - 4);
      await picture.drawn();
      assert.equal((await picture.state()).selection.delta, 2);
      const [seek] = await page.evaluate<number[]>('seeks');
      assert.ok(Math.abs(seek! - 622) < 4);
      const ring = page.locator('.timeline-ring');
      assert.equal(await ring.getAttribute('data-at-ms'), '620');
      const box = (await ring.boundingBox())!;
      assert.ok(Math.abs(box.x - plot.x(620)) <= 1);
    }));

  test('a click on an event goes to it, and the keys with it', () =>
    withPicture({ view: { startMs: 500, endMs: 1200 } }, {}, async (picture) => {
      const { page } = picture;
      const plot = await plotOf(picture);
      const place = golden.events.findIndex(({ kind }) => kind === 'commit');
      const { atMs } = golden.events[place]!;
      await page.mouse.click(plot.x(atMs) + 3, plot.middleOf('events'));
      await picture.drawn();
      assert.deepEqual(await page.evaluate('timeline.store.state.focus'), {
        track: 'events',
        item: place,
      });
      assert.deepEqual(await page.evaluate<number[]>('seeks'), [atMs]);
      await picture.update({ playheadMs: atMs });
      const ring = (await page.locator('.timeline-item').boundingBox())!;
      assert.ok(Math.abs(ring.x + ring.width / 2 - plot.x(atMs)) <= 1);
      await page.mouse.click(plot.x(622) + 2, plot.middleOf('deltas') - 4);
      assert.equal(await page.evaluate('timeline.store.state.focus.track'), 'deltas');
    }));

  test('dragging selects an area whose edges can be dragged; a double click selects a word', () =>
    withPicture({ view: { startMs: 0, endMs: 1000 } }, {}, async (picture) => {
      const { page } = picture;
      const plot = await plotOf(picture);
      const y = plot.middleOf('waveform');
      const drag = async (from: number, to: number) => {
        await page.mouse.move(plot.x(from), y);
        await page.mouse.down();
        await page.mouse.move(plot.x((from + to) / 2), y);
        await page.mouse.move(plot.x(to), y);
        await page.mouse.up();
        await picture.drawn();
        return (await picture.state()).selection.area!;
      };
      const area = await drag(700, 400);
      assert.ok(Math.abs(area.startMs - 400) < 2 && Math.abs(area.endMs - 700) < 2);
      const box = (await page.locator('.timeline-area').boundingBox())!;
      assert.ok(Math.abs(box.x - plot.x(area.startMs)) <= 1);
      assert.ok(Math.abs(box.x + box.width - plot.x(area.endMs)) <= 1);
      const longer = await drag(700, 800);
      assert.equal(longer.startMs, area.startMs);
      assert.ok(Math.abs(longer.endMs - 800) < 2);
      await page.mouse.dblclick(plot.x(500), plot.middleOf('reference'));
      await picture.drawn();
      assert.deepEqual((await picture.state()).selection.area, { startMs: 450, endMs: 640 });
    }));

  test('dragging the axis pans', () =>
    withPicture({ view: { startMs: 200, endMs: 600 } }, {}, async (picture) => {
      const { page } = picture;
      const plot = await plotOf(picture);
      const axis = (await page.locator('.timeline-axis').boundingBox())!;
      await page.mouse.move(plot.x(400), axis.y + 8);
      await page.mouse.down();
      await page.mouse.move(plot.x(300), axis.y + 8);
      await page.mouse.up();
      assert.ok(Math.abs((await picture.state()).view.startMs - 300) < 1);
    }));

  test('hovering tells exact numbers as text', () =>
    withPicture({ view: { startMs: 500, endMs: 1200 } }, {}, async (picture) => {
      const hostile = '<img src=x onerror=alert(1)>';
      const texts = golden.deltas.texts.map((text, i) => (i === 2 ? hostile : text));
      await picture.update({ lanes: [{ ...golden, deltas: { ...golden.deltas, texts } }] });
      const plot = await plotOf(picture);
      await picture.page.mouse.move(plot.x(640), plot.middleOf('deltas') - 4);
      const tooltip = picture.page.locator('.timeline-tooltip');
      await tooltip.waitFor();
      assert.match(
        await tooltip.innerText(),
        /Delta 3 of 6\n“<img src=x[^]*Arrived 0:00\.620, 90 ms/,
      );
      assert.equal(await tooltip.locator('img').count(), 0);
      await picture.page.mouse.move(plot.x(640), 5);
      assert.equal(await tooltip.isHidden(), true);
    }));

  test('the playhead lies at its time and takes the view along', () =>
    withPicture({ view: { startMs: 0, endMs: 400 } }, {}, async (picture) => {
      await picture.update({ isPlaying: true, playheadMs: 380 });
      const plot = await plotOf(picture);
      const box = (await picture.page.locator('.timeline-playhead').boundingBox())!;
      assert.ok(Math.abs(box.x + 1 - plot.x(380)) <= 1);
      for (let ms = 390; ms <= 480; ms += 10) await picture.update({ playheadMs: ms });
      const { view } = await picture.state();
      assert.ok(view.startMs > 50 && view.endMs > 480, JSON.stringify(view));
    }));

  test('asks for samples only where pixels show single ones, once', () =>
    withPicture({}, {}, async ({ page, receive, update }) => {
      const audio = { playUri: null, sampleRateHz, totalSamples: 16_000, problem: null };
      await receive({ type: 'audio', audioKey: golden.audioKey, ...audio });
      await update({ view: { startMs: 500, endMs: 510 } });
      await update({ view: { startMs: 501, endMs: 511 } });
      const expected = [['samples', 'golden', 0, 16_000]];
      assert.deepEqual(await page.evaluate('asked'), expected);
      await update({ showsSpectrogram: true });
      const asked = await page.evaluate<[string, string, number, number, number][]>('asked');
      const [kind, , fromMs, toMs, columns] = asked.at(-1)!;
      assert.deepEqual([kind, columns], ['spectrogram', 256]);
      assert.ok(fromMs <= 501 && toMs >= 511);
    }));

  for (const theme of themeKinds) {
    test(`draws boxes that stand out in the ${theme} theme, and again after a change of theme`, () =>
      withPicture(
        { lanes: [golden, revised], layout: 'overlaid', showsConnectors: true },
        { theme, width: 300 },
        async (picture) => {
          const { page } = picture;
          const { width } = (await page.locator('.timeline-drawing').boundingBox())!;
          assert.ok(width > 250 && width <= 300);
          const colours = new Set(await pixelRow(page, '.timeline-drawing', 210));
          assert.ok(colours.size > 2, [...colours].join(' '));
          const [ground] = await pixelRow(page, '.timeline-axis', 1);
          await page.evaluate(
            "document.documentElement.style.setProperty('--vscode-editor-background', '#123456')",
          );
          await picture.drawn();
          await picture.drawn();
          assert.deepEqual(
            [(await pixelRow(page, '.timeline-axis', 1))[0], ground === '18,52,86'],
            ['18,52,86', false],
          );
        },
      ));
  }

  test('wears the colours that the system forces, and the theme again after that', () =>
    withPicture({}, { theme: 'dark', forcedColors: 'active' }, async (picture) => {
      const { page } = picture;
      const ground = () => pixelRow(page, '.timeline-axis', 1).then(([first]) => first);
      const shown = (css: string) => css.replaceAll(/[^\d,]/g, '');
      const system = await page.evaluate<string>(`(() => {
        const probe = document.body.appendChild(document.createElement('i'));
        probe.style.color = 'Canvas';
        return getComputedStyle(probe).color;
      })()`);
      const theme = await page.evaluate<string>(`(() => {
        const probe = document.body.appendChild(document.createElement('i'));
        probe.style.forcedColorAdjust = 'none';
        probe.style.color = 'var(--vscode-editor-background)';
        return getComputedStyle(probe).color;
      })()`);
      assert.notEqual(system, theme);
      assert.equal(await ground(), shown(system));
      await page.emulateMedia({ forcedColors: 'none' });
      await picture.drawn();
      await picture.drawn();
      assert.equal(await ground(), shown(theme));
    }));

  test('one finger drags the view, two zoom it about the one that rests', () =>
    withPicture(
      { view: { startMs: 200, endMs: 600 } },
      { hasTouch: true },
      async ({ page, drawn, state }) => {
        const session = await page.context().newCDPSession(page);
        const y = (await page.locator('.timeline-tracks').boundingBox())!.y + 40;
        const touch = async (type: 'touchStart' | 'touchMove' | 'touchEnd', ...xs: number[]) => {
          const touchPoints = xs.map((x, id) => ({ x, y, id }));
          await session.send('Input.dispatchTouchEvent', { type, touchPoints });
        };
        const msPerPx = 400 / (1000 - 92);
        await touch('touchStart', 500);
        for (const x of [480, 440, 400]) await touch('touchMove', x);
        await touch('touchEnd');
        await drawn();
        const dragged = (await state()).view;
        assert.ok(Math.abs(dragged.startMs - 200 - 100 * msPerPx) < 10, JSON.stringify(dragged));
        assert.ok(Math.abs(spanOf(dragged) - 400) < 1e-6);
        assert.equal((await state()).selection.area, null);
        await touch('touchStart', 400);
        await touch('touchStart', 400, 500);
        for (const x of [520, 560, 600]) await touch('touchMove', 400, x);
        await touch('touchEnd');
        await drawn();
        const pinched = (await state()).view;
        assert.ok(Math.abs(spanOf(pinched) - 200) < 10, JSON.stringify(pinched));
        const resting = (400 - 92) / (1000 - 92);
        const before = dragged.startMs + resting * spanOf(dragged);
        const after = pinched.startMs + resting * spanOf(pinched);
        assert.ok(Math.abs(before - after) < 10, `${before} became ${after}`);
      },
    ));

  test('stays as sharp as the screen when the page is zoomed', () =>
    withPicture({}, {}, async ({ page, drawn }) => {
      const ratio = () =>
        page.evaluate<number>(`(() => {
          const canvas = document.querySelector('.timeline-drawing');
          return canvas.width / canvas.getBoundingClientRect().width;
        })()`);
      assert.equal(await ratio(), 1);
      const session = await page.context().newCDPSession(page);
      const zoomed = { width: 500, height: 350, deviceScaleFactor: 2, mobile: false };
      await session.send('Emulation.setDeviceMetricsOverride', zoomed);
      await page.waitForFunction(`document.querySelector('.timeline-drawing').width > 900`);
      await drawn();
      assert.equal(await ratio(), 2);
      assert.ok(new Set(await pixelRow(page, '.timeline-drawing', 30)).size > 1);
    }));

  test('two lanes: clicks go to the lane under the pointer, tracks scroll with the wheel', () =>
    withPicture({ lanes: [golden, revised] }, { height: 400 }, async (picture) => {
      const { page } = picture;
      const plot = await plotOf(picture, [golden, revised]);
      await page.mouse.move(plot.x(500), plot.tracks.y + 40);
      await page.mouse.wheel(0, 10_000);
      await page.waitForFunction(`${tracksElement}.scrollTop > 100`);
      await picture.drawn();
      const scrollTop = await page.evaluate<number>(`${tracksElement}.scrollTop`);
      const layout = layoutTracks(canvasState({ lanes: [golden, revised] }), {
        width: 1000,
        height: 0,
      });
      const deltas = layout.tracks.filter(({ kind }) => kind === 'deltas')[1]!;
      const times = [...revised.deltas.atMs];
      const place = times.findIndex((ms, i) => i > 100 && times[i + 1]! - ms > 20);
      const atMs = times[place]!;
      await picture.update({ view: { startMs: atMs - 100, endMs: atMs + 100 } });
      const zoomed = await plotOf(picture, [golden, revised]);
      const y = zoomed.tracks.y + deltas.bodyTop - scrollTop + 10;
      await page.mouse.click(zoomed.x(atMs) + 2, y);
      const { selection } = await picture.state();
      assert.deepEqual([selection.lane, selection.delta], ['revised', place]);
    }));
});
