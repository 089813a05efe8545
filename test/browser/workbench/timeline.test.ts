import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { FrameLocator, Locator } from 'playwright-core';
import { readRunFile } from '../../../src/runfile/readRunFile.ts';
import type { Run } from '../../../src/runfile/run.ts';
import { journalHeadSchema } from '../../../src/runfile/runSchema.ts';
import { buildTimelineSession } from '../../../src/timeline/buildTimelineSession.ts';
import { fullRange, xOfMs } from '../../../src/timeline/viewport.ts';
import { Cleanup } from '../../support/cleanup.ts';
import { installedVsix } from '../../support/installedVsix.ts';
import { skipWithoutChromium } from '../../support/launchChromium.ts';
import { movedAudioTitle, writeRunOfMovedAudio } from '../../support/movedAudio.ts';
import { screenshot } from '../../support/screenshot.ts';
import { startScriptedVllmServer } from '../../support/scriptedVllmServer.ts';
import { until } from '../../support/until.ts';
import { Workbench } from '../../support/workbench.ts';

const words = 'the quick brown fox jumps over the lazy dog and runs away'.split(' ');
const endpointNames = ['Near', 'Far'];

/** Width of the tracks' names beside what they show. */
const gutterPx = 92;

describe('the timeline in the workbench', { skip: skipWithoutChromium() }, () => {
  const opened = new Cleanup();
  let workbench: Workbench;
  let folder: string;
  let movedAudio: string;

  before(async () => {
    const installed = opened.add(await installedVsix('newest'), (vsix) => vsix.remove());
    const server = opened.add(await startScriptedVllmServer({ words }), (started) =>
      started.close(),
    );
    folder = opened.add(await mkdtemp(path.join(os.tmpdir(), 'rtbench-timeline-')), (dir) =>
      rm(dir, { recursive: true, force: true }),
    );
    movedAudio = await writeRunOfMovedAudio(folder);
    const { url } = server;
    const endpoints = endpointNames.map((name) => ({ name, url, dialect: 'vllm-realtime' }));
    const settings = { 'rtbench.endpoints': endpoints, 'files.simpleDialog.enable': true };
    const options = { workspace: folder, settings };
    workbench = opened.add(await Workbench.open(installed, options), (window) => window.close());
  });
  after(() => opened.run());

  /** The page in front. */
  function page(): FrameLocator {
    return workbench.runEditor;
  }

  function lane(status: RegExp): Locator {
    return page()
      .locator('.lane')
      .filter({ has: page().locator('.status', { hasText: status }) });
  }

  function sound(field: 'currentTime' | 'duration'): Promise<number> {
    return page()
      .locator('audio')
      .evaluate((audio, name) => Number(Reflect.get(audio, name)), field);
  }

  async function lanesShown(count: number): Promise<void> {
    const lanes = page().locator('.lane');
    await until(async () => (await lanes.count()) === count, `${count} lanes`);
  }

  it('shows what runs at each endpoint as a lane, from the notification', async () => {
    await workbench.showViews();
    await workbench.command('RTBench: Run Benchmark…');
    await workbench.question('Endpoints to measure');
    await workbench.quickChoices.filter({ hasText: 'Far' }).click();
    await workbench.page.keyboard.press('Enter');
    await workbench.accept('Speech to send');
    await workbench.accept('How to send it');
    await workbench.accept('Enter starts');
    await workbench.page.getByRole('link', { name: 'watch' }).click();
    await until(async () => (await lane(/live/i).count()) === 2, 'two sessions that run');
    const names = await page().locator('.lane-name').allInnerTexts();
    assert.deepEqual(names.toSorted(), endpointNames.toSorted());
    await screenshot(workbench.page, 'timeline-live');
    const replayed = page().locator('main');
    await until(async () => (await replayed.innerText()).includes('quick'), 'text that arrived');
    assert.deepEqual(workbench.cspViolations, []);
  });

  it('goes on to the next session, and keeps the last ones when the benchmark is stopped', async () => {
    const title = () => page().locator('.head h1').innerText();
    const first = await title();
    await until(async () => (await title()) !== first, 'the next session', 60_000);
    await until(async () => /\w-\w/.test(await title()), 'both at the same speech');
    await workbench.command('RTBench: Stop Benchmark');
    await workbench.notification(/has ended/).waitFor();
    await until(async () => (await lane(/live/i).count()) === 0, 'the end of all that ran');
    await lanesShown(2);
    await screenshot(workbench.page, 'timeline-stopped');
  });

  it('shows deltas where the trace of the saved run has them', async () => {
    const tracks = page().locator('.timeline-tracks');
    await page().locator('.timeline').press('0');
    await page().locator('.timeline').press('Home');
    const ring = page().locator('.timeline-ring');
    const run = await savedRun();
    const range = await shownRange(run);
    const places = new Set<string>();
    for (let presses = 0; presses < 5; presses += 1) {
      await page().locator('.timeline').press('ArrowRight');
      await until(async () => !places.has(await ringPlace(ring)), 'the next delta');
      places.add(await ringPlace(ring));
      const key = (await ring.getAttribute('data-lane')) ?? '';
      const delta = Number(await ring.getAttribute('data-delta'));
      const { trace } = run.sessions.find(({ id }) => key.endsWith(`#${id}`))!;
      const texts = trace.received.filter(({ events }) =>
        events.some(({ type }) => type === 'text' || type === 'final'),
      );
      const atMs = (texts[delta]!.atUs - trace.audio.originUs!) / 1000;
      assert.equal(Number(await ring.getAttribute('data-at-ms')), atMs);
      const [whole, box] = [await tracks.boundingBox(), await ring.boundingBox()];
      const widthPx = await tracks.evaluate((element) =>
        Number(Reflect.get(element, 'clientWidth')),
      );
      const x = whole!.x + gutterPx + xOfMs(range, widthPx - gutterPx, atMs);
      assert.ok(Math.abs(box!.x - x) <= 1, `${box!.x} px instead of ${x} px at ${atMs} ms`);
    }
  });

  it('plays what was sent', async () => {
    await page().getByRole('button', { name: /^Play/ }).first().click();
    await until(async () => (await sound('currentTime')) > 0.3, 'the sound to go on');
    await page()
      .getByRole('button', { name: /^Pause/ })
      .first()
      .click();
    assert.ok((await sound('duration')) > 1, 'seconds of speech');
    await screenshot(workbench.page, 'timeline-played');
    assert.deepEqual(workbench.cspViolations, []);
  });

  it('comes back with its window', async () => {
    const before = await page().locator('.lane-name').allInnerTexts();
    await workbench.show(folder);
    await lanesShown(2);
    assert.deepEqual(await page().locator('.lane-name').allInnerTexts(), before);
    await screenshot(workbench.page, 'timeline-restored');
  });

  it('is there without the sound that has moved, and with it once it is located', async () => {
    await workbench.command('RTBench: Open Timeline');
    await workbench.choose('Timeline of which run?', movedAudioTitle);
    await workbench.accept('Timeline of which session?');
    await page().getByText('hello.wav is not there any more').waitFor();
    await lanesShown(1);
    await screenshot(workbench.page, 'timeline-without-sound');
    await page().getByRole('button', { name: 'Locate Audio…' }).click();
    await workbench.page.getByText('Locate hello.wav').waitFor();
    await workbench.quickInput.locator('input:focus').fill(`${path.dirname(movedAudio)}/`);
    await workbench.quickChoices.filter({ hasText: 'hello.wav' }).click();
    await page().getByText('hello.wav is not there any more').waitFor({ state: 'hidden' });
    await until(async () => Math.abs((await sound('duration')) - 1) < 0.01, 'the sound');
    await screenshot(workbench.page, 'timeline-located');
  });

  it('takes a session of the same speech from another place', async () => {
    await workbench.command('RTBench: Add to Timeline…');
    await workbench.choose('Add a session of which run?', movedAudioTitle);
    await lanesShown(2);
    const origins = await page().locator('.lane-origin').allInnerTexts();
    assert.deepEqual(
      origins.map((origin) => /repeat \d/.exec(origin)?.[0] ?? 'first'),
      ['first', 'repeat 2'],
    );
    await screenshot(workbench.page, 'timeline-added');
  });

  it('says so where the measuring process ends while it is watched', async () => {
    await workbench.command('RTBench: Run Benchmark…');
    await workbench.question('Endpoints to measure');
    await workbench.page.keyboard.press('Enter');
    await workbench.accept('Speech to send');
    await workbench.accept('How to send it');
    await workbench.accept('Enter starts');
    await workbench.page.getByRole('link', { name: 'watch' }).click();
    await until(async () => (await lane(/live/i).count()) === 2, 'two sessions that run');
    process.kill(await measuringProcess(), 'SIGKILL');
    await until(async () => (await lane(/live/i).count()) === 0, 'the end of both');
    const failures = await page().locator('.lane-failure').allInnerTexts();
    assert.equal(failures.length, 2);
    for (const failure of failures) assert.match(failure, /ended unexpectedly \(SIGKILL\)/);
    await screenshot(workbench.page, 'timeline-process-ended');
  });

  /** The run that was measured first. */
  async function savedRun(): Promise<Run> {
    const results = path.join(folder, 'benchmarks');
    const name = (await readdir(results)).find((file) => file.endsWith('.rtbench.json'));
    return (await readRunFile(path.join(results, name ?? ''))).run;
  }

  /** What the whole view of the lanes shown spans. */
  async function shownRange(run: Run) {
    const utterance = await page().locator('.head h1').innerText();
    const repeated = run.sessions.filter(({ utteranceId }) => utteranceId === utterance);
    const lanes = repeated.map(({ id, trace }) => {
      const said = run.utterances.find((one) => one.id === utterance)!;
      const { durationMs } = said;
      const names = { key: id, endpoint: id, utterance, repeat: 0, run: '', audioKey: '' };
      return buildTimelineSession({
        identity: names,
        trace,
        utterance: said,
        durationMs,
        live: false,
      });
    });
    assert.equal(lanes.length, 2);
    return fullRange(lanes);
  }

  async function ringPlace(ring: Locator): Promise<string> {
    return `${await ring.getAttribute('data-lane')} ${await ring.getAttribute('data-delta')}`;
  }

  async function measuringProcess(): Promise<number> {
    const results = path.join(folder, 'benchmarks');
    const names = existsSync(results) ? await readdir(results) : [];
    const name = names.find((file) => file.endsWith('.rtbench.journal')) ?? '';
    const [head = ''] = (await readFile(path.join(results, name), 'utf8')).split('\n');
    return journalHeadSchema.parse(JSON.parse(head)).processId;
  }
});
