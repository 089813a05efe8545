// `npm run bench:timeline`: how soon the timeline shows an hour of audio with 50,000 deltas from a
// run file, and whether it zooms and pans at 60 frames a second; ten seconds of audio beside it.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { percentile, sortedValues } from '../../src/metrics/statistics/percentile.ts';
import { RequestThread } from '../../src/extension/requestThread.ts';
import type { Lane, ReadRun } from '../../src/extension/timeline/timelineReaderMessages.ts';
import { writeRunFile } from '../../src/runfile/writeRunFile.ts';
import { samplesPerPeak } from '../../src/timeline/timelineMessages.ts';
import type { TimelineSession } from '../../src/timeline/timelineSession.ts';
import { exampleRun, exampleSession, exampleUtterance } from '../support/exampleRun.ts';
import { launchChromium } from '../support/launchChromium.ts';
import { longSession, type LongSessionOptions } from '../support/longSession.ts';
import type { PageHost } from '../support/webview/pageHost.ts';
import { startTimelineHost } from '../support/webview/timelineHost.ts';
import { openTimelinePage } from '../support/webview/timelinePageDriver.ts';

const reader = path.join(import.meta.dirname, '..', '..', 'dist', 'timelineReader.js');
const sampleRateHz = 16_000;
const firstPaintGoalMs = 1000;
const frameGoalMs = 1000 / 60;
/** Frames are due on a fixed beat; their times waver by less than this. */
const waverMs = 0.5;

interface Measured {
  label: string;
  deltas: number;
  /** To read the run file and lay the session out on its axis, in a new thread. */
  readMs: number;
  /** From the page's request to the end of its script. */
  startMs: number;
  /** From the post of the session and its peaks to the frame that shows them. */
  paintMs: number;
  framesMs: number[];
}

/**
 * Runs in the page. The session is there already, so that its way through this test does not
 * count; posting it copies it as VS Code does.
 */
const measurePaint = `
  (async () => {
    const { session, sampleRateHz, samplesPerPeak } = window.bench;
    const totalSamples = Math.round((session.audioMs / 1000) * sampleRateHz);
    const { audioKey } = session;
    const wave = (sample) => 12000 * Math.sin(sample * 0.05) * Math.sin(sample / 9000);
    const toExtension = window.toExtension;
    window.toExtension = (message) => {
      if (message.type !== 'samples') return toExtension(message);
      const { fromSample, count } = message;
      const samples = Int16Array.from({ length: count }, (_, i) => wave(fromSample + i));
      window.postMessage({ type: 'samples', audioKey, fromSample, samples }, '*');
    };
    const minMax = new Int16Array(Math.ceil(totalSamples / samplesPerPeak) * 2);
    for (let i = 0; i < minMax.length; i += 2) {
      minMax[i + 1] = Math.abs(wave(i * samplesPerPeak)) + 300;
      minMax[i] = -minMax[i + 1];
    }
    const audio = { type: 'audio', audioKey, playUri: null, sampleRateHz, totalSamples, problem: null };
    const begin = performance.now();
    window.postMessage({ type: 'lanes', sessions: [session] }, '*');
    window.postMessage(audio, '*');
    window.postMessage({ type: 'peaks', audioKey, from: 0, minMax }, '*');
    await new Promise((done) => {
      window.addEventListener('message', ({ data }) => { if (data.type === 'peaks') done(); });
    });
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    return performance.now() - begin;
  })()
`;

/** Runs in the page: one turn of the wheel per frame, and the time from frame to frame. */
const measureFrames = `
  (async () => {
    const tracks = document.querySelector('.timeline-tracks');
    const { left, top, width } = tracks.getBoundingClientRect();
    const turn = (wheel) => {
      const at = { clientX: left + width * 0.4, clientY: top + 40, bubbles: true, cancelable: true };
      tracks.dispatchEvent(new WheelEvent('wheel', { ...at, ...wheel }));
    };
    const zoom = (deltaY) => () => { turn({ deltaY, ctrlKey: true }); };
    const pan = (deltaX) => () => { turn({ deltaX }); };
    const script = [
      [130, zoom(-20)], [60, pan(25)],
      [50, zoom(20)], [60, pan(-25)],
      [30, zoom(20)], [60, pan(25)],
      [20, zoom(20)], [60, pan(-25)],
      [60, zoom(20)],
    ];
    const times = [];
    let before = await new Promise(requestAnimationFrame);
    for (const [count, act] of script) {
      for (let i = 0; i < count; i += 1) {
        act();
        const now = await new Promise(requestAnimationFrame);
        times.push(now - before);
        before = now;
      }
    }
    return times;
  })()
`;

interface TimedLane {
  session: TimelineSession;
  readMs: number;
}

/** A lane as the extension gets it: from a run file, by way of its thread. */
async function laneOf(folder: string, options: LongSessionOptions): Promise<TimedLane> {
  const { trace, utterance, durationMs } = longSession(options);
  const run = exampleRun({
    utterances: [exampleUtterance({ ...utterance, durationMs })],
    sessions: [exampleSession({ utteranceId: utterance.id, trace })],
  });
  const file = path.join(folder, `${durationMs}.rtbench.json`);
  await writeRunFile(file, run);
  const thread = new RequestThread<object, Lane & ReadRun>(reader);
  try {
    const beginMs = performance.now();
    await thread.request({ type: 'read', run: 'bench', file, bytes: await readFile(file) });
    const sessionId = run.sessions[0]!.id;
    const { session } = await thread.request({ type: 'lane', run: 'bench', sessionId });
    return { session, readMs: performance.now() - beginMs };
  } finally {
    thread.dispose('done');
  }
}

async function load(page: Page, session: TimelineSession): Promise<void> {
  const text = JSON.stringify(session, (_, value: unknown) =>
    ArrayBuffer.isView(value)
      ? { arrayOf: value.constructor.name, values: Array.from(value as Uint8Array) }
      : value,
  );
  await page.evaluate(`{
    const revive = (key, value) =>
      value?.arrayOf ? new globalThis[value.arrayOf](value.values) : value;
    const session = JSON.parse(${JSON.stringify(text)}, revive);
    window.bench = { session, sampleRateHz: ${sampleRateHz}, samplesPerPeak: ${samplesPerPeak} };
  }`);
}

async function measure(
  browser: Browser,
  host: PageHost,
  label: string,
  { session, readMs }: TimedLane,
): Promise<Measured> {
  const driver = await openTimelinePage(browser, host, { first: [] });
  const { page } = driver;
  try {
    await load(page, session);
    const startMs = await page.evaluate<number>(
      "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd",
    );
    const paintMs = await page.evaluate<number>(measurePaint);
    const framesMs = await page.evaluate<number[]>(measureFrames);
    if (driver.errors.length > 0) throw new Error(driver.errors.join('\n'));
    return { label, deltas: session.deltas.atMs.length, readMs, startMs, paintMs, framesMs };
  } finally {
    await driver.close();
  }
}

function figures({ readMs, startMs, paintMs, framesMs }: Measured): Record<string, number> {
  const sorted = sortedValues(framesMs);
  const over = (limit: number) =>
    (framesMs.filter((frameMs) => frameMs > limit).length / framesMs.length) * 100;
  return {
    // The file is read on a thread while the page loads.
    'first paint, ms': Math.max(startMs, readMs) + paintMs,
    '  file read and laid out, ms': readMs,
    '  page and script, ms': startMs,
    '  session to frame, ms': paintMs,
    'frame p50, ms': percentile(sorted, 0.5)!,
    'frame p95, ms': percentile(sorted, 0.95)!,
    'frame max, ms': sorted.at(-1)!,
    'frames over 16.7 ms, %': over(frameGoalMs + waverMs),
    'frames over 33.4 ms, %': over(2 * frameGoalMs + waverMs),
  };
}

function print(long: Measured, short: Measured): void {
  console.log(
    `${'zoom and pan, whole to 10 ms and back'.padEnd(38)}${long.label.padStart(12)}` +
      `${short.label.padStart(12)}${'ratio'.padStart(8)}`,
  );
  console.log(`${'deltas'.padEnd(38)}${fixed(long.deltas, 0, 12)}${fixed(short.deltas, 0, 12)}`);
  const shorts = figures(short);
  for (const [name, value] of Object.entries(figures(long))) {
    const beside = shorts[name]!;
    const ratio = beside > 0 ? fixed(value / beside, 2, 8) : '';
    console.log(`${name.padEnd(38)}${fixed(value, 1, 12)}${fixed(beside, 1, 12)}${ratio}`);
  }
  console.log(`Goals: first paint below ${firstPaintGoalMs} ms, no frame over 16.7 ms.`);
}

function fixed(value: number, digits: number, width: number): string {
  return value.toFixed(digits).padStart(width);
}

const folder = await mkdtemp(path.join(os.tmpdir(), 'rtbench-timeline-'));
const host = await startTimelineHost();
const browser = await launchChromium();
try {
  // The first page of a browser pays for its start.
  const warm = await laneOf(folder, { durationMs: 10_000, deltas: 100 });
  await measure(browser, host, 'warm', warm);
  const long = await measure(browser, host, '1 h', await laneOf(folder, {}));
  const short = await measure(browser, host, '10 s', warm);
  print(long, short);
} finally {
  await browser.close();
  await host.close();
  await rm(folder, { recursive: true, force: true });
}
