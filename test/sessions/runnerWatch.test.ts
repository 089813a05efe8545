import assert from 'node:assert/strict';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { performTask, type WatchSwitch } from '../../src/runner/runnerClient.ts';
import { GrowingTrace } from '../../src/extension/timeline/growingTrace.ts';
import { defaultDeadlines, type Plan } from '../../src/plan/plan.ts';
import { readRunFile } from '../../src/runfile/readRunFile.ts';
import type { TracePiece } from '../../src/runner/liveTrace.ts';
import type { RunProgressMessage, RunTask } from '../../src/runner/runnerMessages.ts';
import { builtRunner } from '../support/builtRunner.ts';
import { shortSpeech } from '../support/runCli.ts';
import { startScriptedVllmServer } from '../support/scriptedVllmServer.ts';

let directory: string;
before(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'rtbench-watch-'));
  await mkdir(path.join(directory, 'speech'));
  for (const name of ['one', 'two']) {
    await copyFile(shortSpeech, path.join(directory, 'speech', `${name}.flac`));
  }
});
after(() => rm(directory, { recursive: true }));

async function taskOf(name: string): Promise<RunTask> {
  const server = await startScriptedVllmServer({ words: ['please', 'turn', 'off'] });
  after(() => server.close());
  const endpoint = { id: 'local', dialect: 'vllm-realtime', url: server.url };
  const plan: Plan = {
    endpoints: [{ ...endpoint, model: null, language: null, apiKeyEnv: null }],
    dataset: { path: path.join(directory, 'speech'), limit: null },
    load: { kind: 'concurrent', sessions: 1 },
    pacing: { mode: 'capture', speed: 3, chunkMs: 20 },
    deadlines: defaultDeadlines,
    repeats: 1,
    textProfile: 'auto',
    thresholds: [],
  };
  const file = path.join(directory, `${name}.rtbench.json`);
  const run = { plan, title: name, file, rtbenchVersion: '0.0.0', apiKeys: {} };
  return { type: 'run', ...run, embedded: null, proxy: null, live: false };
}

/** A switch that is turned by the test. */
class TestSwitch implements WatchSwitch {
  isWatched: boolean;
  #listener: ((on: boolean) => void) | null = null;

  constructor(isWatched: boolean) {
    this.isWatched = isWatched;
  }

  onWatch(listener: (on: boolean) => void): { dispose(): void } {
    this.#listener = listener;
    return {
      dispose: () => {
        this.#listener = null;
      },
    };
  }

  turn(on: boolean): void {
    this.isWatched = on;
    this.#listener?.(on);
  }
}

test('the traces of watched sessions come while they run, and are those of the run file', async () => {
  const task = await taskOf('watched');
  const pieces: TracePiece[] = [];
  const order: string[] = [];
  const onProgress = (message: RunProgressMessage): void => {
    order.push(message.type);
    if (message.type === 'trace') pieces.push(message);
  };
  await performTask(builtRunner(), task, { onProgress, watch: new TestSwitch(true) });
  const { run } = await readRunFile(task.file);
  const first = pieces.filter(({ session }) => session.id === 's00001');
  assert.ok(first.length >= 10, `${first.length} pieces of 0.8 s`);
  assert.ok(order.indexOf('trace') < order.indexOf('sessionEnded'));
  const { pacing } = task.plan;
  const growing = new GrowingTrace(first[0]!, first[0]!.utterance!, pacing);
  for (const piece of first.slice(1)) assert.ok(growing.add(piece));
  assert.ok(growing.ended);
  const saved = run.sessions.find(({ id }) => id === 's00001');
  assert.deepEqual(growing.trace, saved?.trace);
  const utterance = run.utterances.find(({ id }) => id === growing.session.utteranceId);
  assert.deepEqual(growing.utterance, utterance);
});

test('nothing is said of traces while nobody watches', async () => {
  const task = await taskOf('turned');
  const turned = new TestSwitch(false);
  const heard: { type: string; isWatched: boolean }[] = [];
  await performTask(builtRunner(), task, {
    watch: turned,
    onProgress: ({ type }) => {
      heard.push({ type, isWatched: turned.isWatched });
      if (type === 'sessionStarted') turned.turn(!turned.isWatched);
    },
  });
  const traces = heard.filter(({ type }) => type === 'trace');
  assert.ok(traces.some(({ isWatched }) => isWatched));
  const started = heard.findIndex(({ type }) => type === 'sessionStarted');
  assert.ok(heard.slice(0, started).every(({ type }) => type !== 'trace'));
  // What was on its way when it was turned off may still come.
  assert.ok(traces.filter(({ isWatched }) => !isWatched).length <= 2);
});
