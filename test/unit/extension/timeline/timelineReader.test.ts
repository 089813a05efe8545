import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { build } from 'esbuild';
import { RequestThread } from '../../../../src/extension/requestThread.ts';
import type {
  AnyTimelineAnswer,
  Lane,
  TimelineAnswers,
  TimelineNews,
  TimelineRequest,
  WantedAudio,
} from '../../../../src/extension/timeline/timelineReaderMessages.ts';
import { traceToColumns } from '../../../../src/runfile/traceColumns.ts';
import type { TracePiece } from '../../../../src/runner/liveTrace.ts';
import { exampleUtterance } from '../../../support/exampleRun.ts';
import { exampleRunText } from '../../../support/exampleRunText.ts';
import { goldenSession, goldenUtterance } from '../../../support/goldenSession.ts';
import { until } from '../../../support/until.ts';
import { pcm16Wav } from '../../audio/support/wavWriter.ts';

const run = 'file:///data/runs/example.rtbench.json';
const file = '/data/runs/example.rtbench.json';

type News<Type extends TimelineNews['type']> = Extract<TimelineNews, { type: Type }>;

let folder: string;
let program: string;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rtbench-timeline-'));
  program = path.join(folder, 'timelineReader.cjs');
  const source = '../../../../src/extension/timeline/timelineReader.ts';
  await build({
    entryPoints: [path.join(import.meta.dirname, source)],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
    define: { 'import.meta.url': 'bundleUrl' },
    banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
  });
});
after(() => rm(folder, { recursive: true }));

let news: TimelineNews[];
let thread: RequestThread<TimelineRequest, AnyTimelineAnswer, TimelineNews>;

beforeEach(() => {
  news = [];
  thread = new RequestThread(program, (item) => news.push(item));
});
afterEach(() => {
  thread.dispose('The test is over.');
});

async function ask<Request extends TimelineRequest>(
  request: Request,
): Promise<TimelineAnswers[Request['type']]> {
  return (await thread.request(request)) as TimelineAnswers[Request['type']];
}

function told<Type extends TimelineNews['type']>(type: Type): News<Type>[] {
  return news.filter((item): item is News<Type> => item.type === type);
}

function read(text: string) {
  return ask({ type: 'read', run, file, bytes: new TextEncoder().encode(text) });
}

describe('runs', () => {
  test('tells the sessions of a run, and each as a lane', async () => {
    const { title, sessions, problem } = await read(exampleRunText());
    assert.equal(problem, null);
    assert.equal(title, 'An example "run"');
    assert.deepEqual(
      sessions.map(({ id, status, hasTrace }) => ({ id, status, hasTrace })),
      [{ id: 's00001', status: 'success', hasTrace: true }],
    );
    const lane = await ask({ type: 'lane', run, sessionId: 's00001' });
    assert.ok(lane);
    assert.equal(lane.session.key, `${run}#s00001`);
    assert.equal(lane.session.run, 'An example "run"');
    assert.ok(lane.session.deltas.atMs instanceof Float64Array);
    assert.equal(lane.session.audioKey, lane.audio.audioKey);
    assert.equal(lane.audio.sha256, 'ab'.repeat(32));
    assert.ok(lane.session.figures.some(({ label }) => label === 'WER'));
    assert.equal(await ask({ type: 'lane', run, sessionId: 'nobody' }), null);
  });

  test('marks as wrong what the error rate of the run counts', async () => {
    // Letters with and without marks are one to the English profile, and two in light form.
    const words = goldenUtterance.words!.map((word) => ({
      ...word,
      text: word.text.replace('world', 'wörld').replace('again', 'agen'),
    }));
    const utterance = exampleUtterance({ reference: 'Hello wörld agen', words });
    await read(exampleRunText({ utterances: [utterance] }));
    const lane = await ask({ type: 'lane', run, sessionId: 's00001' });
    const { referenceWords, figures } = lane!.session;
    assert.deepEqual(
      referenceWords?.map(({ operation }) => operation),
      ['equal', 'equal', 'substitute'],
    );
    assert.equal(figures.find(({ label }) => label === 'WER')?.value, '33.3 %');
  });

  test('says what is wrong with a file, and names it briefly', async () => {
    const { problem } = await read('{');
    assert.match(problem ?? '', /^example\.rtbench\.json is not JSON/);
  });

  test('tells the frames of lanes, and none of what is forgotten', async () => {
    await read(exampleRunText());
    await ask({ type: 'lane', run, sessionId: 's00001' });
    const key = `${run}#s00001`;
    const frame = await ask({ type: 'frame', key, message: 2 });
    assert.equal(frame?.isRebuilt, true);
    assert.match(frame.raw, / hello/);
    assert.equal(await ask({ type: 'frame', key, message: 1000 }), null);
    await ask({ type: 'keep', keys: [], audioKeys: [] });
    assert.equal(await ask({ type: 'frame', key, message: 2 }), null);
    assert.equal(await ask({ type: 'lane', run, sessionId: 's00001' }), null);
  });
});

describe('audio', () => {
  const rate = 16_000;
  const samples = Int16Array.from({ length: 3 * rate + 100 }, (_, i) =>
    Math.round(20_000 * Math.sin((2 * Math.PI * 1000 * i) / rate)),
  );
  let original: string;
  let cache: string;
  let wanted: WantedAudio;

  before(async () => {
    original = path.join(folder, 'speech.wav');
    const bytes = pcm16Wav(samples, rate);
    await writeFile(original, bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const { length: totalSamples } = samples;
    wanted = { audioKey: 'speech', audioPath: original, sha256, sampleRateHz: rate, totalSamples };
  });
  beforeEach(async () => {
    cache = await mkdtemp(path.join(folder, 'cache-'));
  });

  async function prepare(
    places = [original],
    audio = wanted,
    gently = false,
  ): Promise<News<'audio'>> {
    await ask({ type: 'audio', wanted: audio, places, gently, folder: cache });
    return told('audio').at(-1)!;
  }

  function peaksTold(): number[] {
    const peaks: number[] = [];
    for (const { peaks: part } of told('peaks')) {
      for (const [i, value] of part.minMax.entries()) peaks[2 * part.from + i] = value;
    }
    return peaks;
  }

  test('is decoded once, to be played, drawn and read', async () => {
    const state = await prepare();
    assert.equal(state.problem, null);
    assert.equal(state.totalSamples, samples.length);
    assert.equal(path.basename(state.file ?? ''), `${wanted.sha256}-16000.wav`);
    const [early] = told('audio');
    assert.deepEqual([early?.file, early?.totalSamples], [null, samples.length]);
    const peaks = peaksTold();
    assert.equal(peaks.length, 2 * Math.ceil(samples.length / 256));
    assert.deepEqual(peaks.slice(0, 2), [
      Math.min(...samples.subarray(0, 256)),
      Math.max(...samples.subarray(0, 256)),
    ]);
    const part = await ask({ type: 'samples', audioKey: 'speech', fromSample: 500, count: 300 });
    assert.deepEqual(part?.samples, samples.subarray(500, 800).slice());
    const names = await readdir(cache);
    assert.deepEqual(names.sort(), [`${wanted.sha256}-16000.peaks`, `${wanted.sha256}-16000.wav`]);
  });

  test('that was decoded before is there at once, even where its file is gone', async () => {
    await prepare();
    const first = peaksTold();
    thread.dispose('Another thread goes on.');
    news = [];
    const state = await prepare(['/nowhere/speech.wav']);
    assert.equal(state.problem, null);
    assert.deepEqual(peaksTold(), first);
  });

  test('of another length than was sent is told whole once its length is known', async () => {
    await prepare([original], { ...wanted, totalSamples: 5 });
    const last = news.at(-1);
    assert.equal(last?.type, 'peaks');
    assert.equal(last.peaks.from, 0);
    assert.equal(last.peaks.minMax.length, 2 * Math.ceil(samples.length / 256));
    assert.equal(told('audio').at(-1)?.totalSamples, samples.length);
  });

  test('is told anew to a page that was hidden', async () => {
    await prepare();
    const first = peaksTold();
    news = [];
    const state = await prepare();
    assert.equal(state.totalSamples, samples.length);
    assert.deepEqual(peaksTold(), first);
  });

  test('that is half written or has lost its peaks is decoded again', async () => {
    const { file: wav } = await prepare();
    thread.dispose('Another thread goes on.');
    const bytes = await readFile(wav!);
    await writeFile(wav!, bytes.subarray(0, 5000));
    assert.equal((await prepare()).totalSamples, samples.length);
    thread.dispose('Another thread goes on.');
    await rm(wav!.replace('.wav', '.peaks'));
    assert.equal((await prepare()).totalSamples, samples.length);
    assert.deepEqual(await readFile(wav!), bytes);
  });

  test('is decoded at the rate that was sent', async () => {
    const state = await prepare([original], { ...wanted, sampleRateHz: 8000 });
    assert.equal(state.sampleRateHz, 8000);
    assert.equal(state.totalSamples, samples.length / 2);
  });

  test('is the same where it is decoded gently', async () => {
    await prepare();
    const peaks = peaksTold();
    await ask({ type: 'keep', keys: [], audioKeys: [] });
    await rm(cache, { recursive: true });
    news = [];
    const state = await prepare([original], wanted, true);
    assert.equal(state.totalSamples, samples.length);
    assert.deepEqual(peaksTold(), peaks);
  });

  test('that is missing or another is a problem with a remedy, until it is located', async () => {
    const missing = await prepare(['/nowhere/speech.wav']);
    assert.equal(missing.file, null);
    assert.match(missing.problem ?? '', /speech\.wav is not there any more\. Locate the file/);
    const other = path.join(folder, 'other.wav');
    await writeFile(other, pcm16Wav([1, 2, 3], rate));
    const changed = await prepare([other]);
    assert.match(changed.problem ?? '', /^other\.wav has changed since .*Locate the original/);
    assert.deepEqual(await readdir(cache), []);
    const { sha256 } = wanted;
    assert.match(
      (await ask({ type: 'checkAudio', file: other, sha256 })) ?? '',
      /is not the audio/,
    );
    assert.equal(await ask({ type: 'checkAudio', file: original, sha256 }), null);
    assert.equal((await prepare([other, original])).problem, null);
  });

  test('gives a spectrogram whose loudest level is at the pitch', async () => {
    await prepare();
    const stretch = { fromMs: 500, toMs: 600, columns: 10 };
    const tile = await ask({ type: 'spectrogram', audioKey: 'speech', ...stretch });
    assert.ok(tile);
    assert.equal(tile.levels.length, 10 * tile.bins);
    for (let column = 0; column < 10; column++) {
      const levels = tile.levels.subarray(column * tile.bins, (column + 1) * tile.bins);
      // 1000 of 8000 Hz.
      assert.ok(Math.abs(levels.indexOf(Math.max(...levels)) - tile.bins / 8) <= 1);
    }
  });

  test('answers nothing where there is no audio', async () => {
    const asked = { type: 'samples', audioKey: 'nobody', fromSample: 0, count: 10 } as const;
    assert.equal(await ask(asked), null);
    await prepare(['/nowhere/speech.wav']);
    assert.equal(await ask({ ...asked, audioKey: 'speech' }), null);
  });

  test('leftovers of processes that were killed are removed in the end', async () => {
    const left = path.join(cache, 'x.part');
    await writeFile(left, 'abc');
    const longAgo = new Date(Date.now() - 48 * 3600 * 1000);
    await utimes(left, longAgo, longAgo);
    await prepare();
    assert.ok(!(await readdir(cache)).includes('x.part'));
  });
});

describe('sessions that run', () => {
  const golden = goldenSession();
  const facts = { run, title: 'Live', pacing: golden.audio.pacing };

  /** The golden session in as many pieces as it has messages. */
  function pieces(): TracePiece[] {
    return golden.received.map((message, i): TracePiece => {
      const chunks = i === 0 ? golden.chunks.slice(0, 4) : i === 3 ? golden.chunks.slice(4) : [];
      const sent = i === 0 ? 0 : i <= 3 ? 4 : golden.chunks.length;
      const isLast = i === golden.received.length - 1;
      return {
        type: 'trace',
        session: { id: 's00001', endpointId: 'local', utteranceId: 'hello', repeat: 0 },
        utterance: i === 0 ? exampleUtterance() : null,
        before: {
          chunks: sent,
          controls: i === 0 ? 0 : golden.controls.length,
          received: i,
          samples: golden.chunks[sent]?.startSample ?? golden.chunks.at(-1)!.endSample,
        },
        trace: traceToColumns({
          ...golden,
          chunks,
          controls: i === 0 ? golden.controls : [],
          received: [message],
        }),
        ended: isLast,
      };
    });
  }

  const lastLane = (): Lane | undefined => told('lane').at(-1)?.lane;

  test('grow into what the whole trace gives', async () => {
    for (const piece of pieces()) await ask({ type: 'live', piece, run: facts });
    await until(() => lastLane()?.session.status === 'success', 'the end of the session');
    const live = lastLane()!.session;
    await read(exampleRunText());
    const saved = (await ask({ type: 'lane', run, sessionId: 's00001' }))!.session;
    assert.equal(live.key, saved.key);
    assert.deepEqual(live.chunks, saved.chunks);
    assert.deepEqual(live.deltas, saved.deltas);
    assert.deepEqual(live.markers, saved.markers);
  });

  test('are told as live while they run, at most 30 times a second', async () => {
    const all = pieces();
    const startMs = performance.now();
    for (const piece of all.slice(0, -1)) await ask({ type: 'live', piece, run: facts });
    const total = all.length - 1;
    await until(() => lastLane()?.session.chunks.sentMs.length === golden.chunks.length, 'all');
    const tookMs = performance.now() - startMs;
    assert.equal(lastLane()!.session.status, 'live');
    assert.ok(told('lane').length <= 2 + tookMs / 33, `${told('lane').length} of ${total}`);
  });

  test('fail where the process that measured them is gone, and those that had ended do not', async () => {
    const all = pieces();
    const ofTwo = (piece: TracePiece): TracePiece => ({
      ...piece,
      session: { ...piece.session, id: 's00002' },
    });
    for (const piece of all.slice(0, -2)) await ask({ type: 'live', piece, run: facts });
    for (const piece of all.map(ofTwo)) await ask({ type: 'live', piece, run: facts });
    await ask({ type: 'breakOff', run, because: 'The measuring process is gone.' });
    const lane = await ask({ type: 'lane', run, sessionId: 's00001' });
    const { status, failure, events, range } = lane!.session;
    assert.equal(status, 'cancelled');
    assert.equal(failure, 'The measuring process is gone.');
    const broken = events.find(({ kind }) => kind === 'failure');
    assert.deepEqual([broken?.message, broken?.label], [null, 'The measuring process is gone.']);
    assert.ok(broken!.atMs >= lane!.session.deltas.atMs.at(-1)! && broken!.atMs <= range.endMs);
    const other = await ask({ type: 'lane', run, sessionId: 's00002' });
    assert.deepEqual([other?.session.status, other?.session.failure], ['success', null]);
    // What comes too late does not bring it back to life.
    await ask({ type: 'live', piece: all.at(-2)!, run: facts });
    const after = await ask({ type: 'lane', run, sessionId: 's00001' });
    assert.equal(after?.session.status, 'cancelled');
  });

  test('pieces that do not follow on each other are not drawn', async () => {
    const [first, , third] = pieces();
    await ask({ type: 'live', piece: first!, run: facts });
    await ask({ type: 'live', piece: third!, run: facts });
    const lane = await ask({ type: 'lane', run, sessionId: 's00001' });
    assert.equal(lane?.session.chunks.sentMs.length, 4);
    const frame = (message: number) => ask({ type: 'frame', key: `${run}#s00001`, message });
    assert.ok(await frame(0));
    assert.equal(await frame(1), null);
  });
});
