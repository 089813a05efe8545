import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  access,
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { BenchError } from '../../src/common/benchError.ts';
import { performTask } from '../../src/runner/runnerClient.ts';
import { RunnerError } from '../../src/runner/runnerError.ts';
import { defaultDeadlines, type Plan } from '../../src/plan/plan.ts';
import { journalPath } from '../../src/runfile/runFileName.ts';
import { readRunFile } from '../../src/runfile/readRunFile.ts';
import {
  fromRunnerSchema,
  type FromRunner,
  type LiveText,
  type RunTask,
} from '../../src/runner/runnerMessages.ts';
import { builtRunner } from '../support/builtRunner.ts';
import { shortSpeech } from '../support/runCli.ts';
import { startScriptedVllmServer, type ScriptedVllmServer } from '../support/scriptedVllmServer.ts';
import type { VllmScript } from '../support/vllmScript.ts';

const key = 'sk-very-secret-0123456789';
const words = ['please', 'turn', 'off', 'the', 'lights'];

let directory: string;
let dataset: string;
before(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'rtbench-runner-'));
  dataset = path.join(directory, 'speech');
  await mkdir(dataset);
  for (const name of ['one', 'two', 'three', 'four']) {
    await copyFile(shortSpeech, path.join(dataset, `${name}.flac`));
    await writeFile(path.join(dataset, `${name}.txt`), 'Please turn off the lights.');
  }
});
after(() => rm(directory, { recursive: true }));

interface Setting {
  speed: number;
  live?: boolean;
  script?: Partial<VllmScript>;
  data?: string;
}

/** Starts a server and gives the task to measure it; the test's end closes it. */
async function prepare(
  name: string,
  { speed, live = false, script = {}, data = dataset }: Setting,
): Promise<{ server: ScriptedVllmServer; task: RunTask }> {
  const server = await startScriptedVllmServer({ words, apiKey: key, ...script });
  after(() => server.close());
  const endpoint = { id: 'local', dialect: 'vllm-realtime', url: server.url };
  const plan: Plan = {
    endpoints: [{ ...endpoint, model: null, language: null, apiKeyEnv: null }],
    dataset: { path: data, limit: null },
    load: { kind: 'concurrent', sessions: 1 },
    pacing: { mode: 'capture', speed, chunkMs: 100 },
    deadlines: defaultDeadlines,
    repeats: 1,
    textProfile: 'auto',
    thresholds: [],
  };
  const file = path.join(directory, `${name}.rtbench.json`);
  const run = { plan, title: name, file, rtbenchVersion: '0.0.0', apiKeys: { local: key } };
  return { server, task: { type: 'run', ...run, embedded: null, proxy: null, live } };
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (await condition()) return;
    await sleep(25);
  }
  assert.fail(`In 10 s it was not seen that ${what}.`);
}

interface RawRunner {
  child: ChildProcess;
  messages: FromRunner[];
  /** As they came, before any check. */
  raw: string[];
}

/** The process without the client of the extension, to treat it badly. */
function startRaw(task: RunTask): RawRunner {
  const child = fork(builtRunner(), [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const runner: RawRunner = { child, messages: [], raw: [] };
  child.on('message', (message) => {
    runner.raw.push(JSON.stringify(message));
    runner.messages.push(fromRunnerSchema.parse(message));
  });
  child.send(task);
  return runner;
}

function ended(messages: readonly FromRunner[]): number {
  return messages.filter(({ type }) => type === 'sessionEnded').length;
}

test('measures, tells how it goes, and writes the run file', async () => {
  const { task, server } = await prepare('whole', { speed: 10 });
  const progress: FromRunner[] = [];
  const answer = await performTask(builtRunner(), task, {
    onProgress: (message) => progress.push(message),
  });
  assert.deepEqual(answer, {
    type: 'finished',
    file: task.file,
    sessions: 4,
    failed: 0,
    cancelled: false,
    warnings: [],
  });
  assert.deepEqual(
    progress.filter(({ type }) => type !== 'preparing').map(({ type }) => type),
    [
      'named',
      'starting',
      ...Array.from({ length: 4 }, () => ['sessionStarted', 'sessionEnded']).flat(),
    ],
  );
  const times = progress.flatMap((message) =>
    message.type === 'sessionEnded' ? [message.ttftMs, message.tailMs] : [],
  );
  assert.ok(
    times.every((ms) => ms !== null && ms >= 0 && ms < 5000),
    times.join(),
  );
  const { run, summary } = await readRunFile(task.file);
  assert.equal(run.info.completeness, 'complete');
  assert.equal(summary[0]?.text[0]?.rates.wer, 0);
  assert.equal(await exists(journalPath(task.file)), false);
  assert.deepEqual(server.violations, []);
});

test('runs that start at once under one name are saved under names of their own', async () => {
  const { task } = await prepare('twins', { speed: 20 });
  const named: string[] = [];
  const answers = await Promise.all(
    [1, 2].map(() =>
      performTask(builtRunner(), task, {
        onProgress: (message) => {
          if (message.type === 'named') named.push(message.file);
        },
      }),
    ),
  );
  const other = path.join(directory, 'twins-2.rtbench.json');
  const files = answers.map(({ file }) => file).sort();
  assert.deepEqual(files, [other, task.file]);
  assert.deepEqual(named.sort(), files);
  const runs = await Promise.all(files.map((file) => readRunFile(file)));
  assert.deepEqual(
    runs.map(({ sessions }) => sessions.length),
    [4, 4],
  );
  assert.notEqual(runs[0]?.run.info.id, runs[1]?.run.info.id);
  assert.equal(await exists(journalPath(task.file)), false);
  assert.equal(await exists(journalPath(other)), false);
});

test('a run under the name of one that is saved leaves that one alone, unless it may replace it', async () => {
  const { task } = await prepare('again', { speed: 20 });
  const first = await performTask(builtRunner(), task);
  const before = await readFile(task.file, 'utf8');
  const second = await performTask(builtRunner(), task);
  assert.deepEqual(
    [first.file, second.file],
    [task.file, path.join(directory, 'again-2.rtbench.json')],
  );
  assert.equal(await readFile(task.file, 'utf8'), before);
  const third = await performTask(builtRunner(), { ...task, replace: true });
  assert.equal(third.file, task.file);
  assert.notEqual(await readFile(task.file, 'utf8'), before);
});

test('a stop keeps the sessions that have ended', async () => {
  const { task } = await prepare('stopped', { speed: 8 });
  const stop = new AbortController();
  const answer = await performTask(builtRunner(), task, {
    signal: stop.signal,
    onProgress: ({ type }) => {
      if (type === 'sessionEnded') stop.abort();
    },
  });
  assert.equal(answer.cancelled, true);
  const { run } = await readRunFile(task.file);
  assert.equal(run.info.partialBecause, 'cancelled');
  assert.equal(run.info.plannedSessions, 4);
  assert.equal(run.sessions[0]?.trace.failure, null);
  assert.ok(run.sessions.length < 4);
  assert.equal(await exists(journalPath(task.file)), false);
});

test('a run that cannot go on keeps the sessions that have ended and says why', async () => {
  const { task } = await prepare('broken', { speed: 8 });
  const stop = new AbortController();
  const error = await performTask(builtRunner(), task, {
    signal: stop.signal,
    onProgress: ({ type }) => {
      if (type === 'sessionEnded') stop.abort(new BenchError('endpoint_ended', 'It is gone.'));
    },
  }).catch((thrown: unknown) => thrown);
  assert.ok(error instanceof RunnerError);
  assert.deepEqual(
    [error.reason, error.message, error.file],
    ['endpoint_ended', 'It is gone.', task.file],
  );
  const { run } = await readRunFile(task.file);
  assert.equal(run.info.partialBecause, 'failed');
  assert.equal(run.sessions[0]?.trace.failure, null);
  assert.ok(run.sessions.length < 4);
  assert.equal(await exists(journalPath(task.file)), false);
});

test('a stop before the first session leaves nothing behind', async () => {
  const { task } = await prepare('never', { speed: 8 });
  const error = await performTask(builtRunner(), task, { signal: AbortSignal.abort() }).catch(
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof RunnerError);
  assert.deepEqual([error.reason, error.file], ['cancelled', null]);
  assert.equal(await exists(task.file), false);
});

test('keeps the sessions that have ended when the window is closed', async () => {
  const { task } = await prepare('closed', { speed: 8 });
  const { child, messages } = startRaw(task);
  await until(() => ended(messages) === 1, 'a session ended');
  const exited = once(child, 'exit');
  child.disconnect();
  assert.deepEqual(await exited, [0, null]);
  const { run } = await readRunFile(task.file);
  assert.equal(run.info.partialBecause, 'cancelled');
  assert.equal(run.sessions[0]?.trace.failure, null);
  assert.equal(await exists(journalPath(task.file)), false);
});

test('a process that waits for its task ends with the window', async () => {
  const child = fork(builtRunner(), [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const exited = once(child, 'exit');
  await sleep(300);
  child.disconnect();
  assert.deepEqual(await exited, [0, null]);
});

test('a killed process leaves a journal; it is told from a live one and recovered', async () => {
  const { task } = await prepare('killed', { speed: 8 });
  const journal = journalPath(task.file);
  const { child, messages } = startRaw(task);
  await until(() => ended(messages) === 2, 'two sessions ended');
  const inspect = { type: 'inspect' as const, journals: [journal] };
  const whileRunning = await performTask(builtRunner(), inspect);
  assert.equal(whileRunning.journals[0]?.live, true);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const state = { journal, title: 'killed', sessions: 2, plannedSessions: 4, live: false };
  const { journals, problems } = await performTask(builtRunner(), inspect);
  assert.deepEqual([journals, problems], [[state], []]);

  const recovered = await performTask(builtRunner(), { type: 'recover', journal });
  const { file, sessions, plannedSessions } = recovered;
  assert.deepEqual([file, sessions, plannedSessions], [task.file, 2, 4]);
  const { run } = await readRunFile(file);
  assert.equal(run.info.partialBecause, 'recovered');
  assert.ok(run.sessions.every(({ trace }) => trace.failure === null));
  assert.equal(await exists(journal), false);
});

test('recovering does not replace the file of another run', async () => {
  const { task } = await prepare('twice', { speed: 8 });
  const journal = journalPath(task.file);
  const { child, messages } = startRaw(task);
  await until(() => ended(messages) === 1, 'a session ended');
  child.kill('SIGKILL');
  await once(child, 'exit');
  await writeFile(task.file, 'precious');
  const { file } = await performTask(builtRunner(), { type: 'recover', journal });
  assert.notEqual(file, task.file);
  assert.equal((await readRunFile(file)).run.sessions.length, 1);
  assert.equal(await readFile(task.file, 'utf8'), 'precious');
});

test('an unexpected end names the journal', async () => {
  const { task, server } = await prepare('gone', { speed: 4 });
  const ending = performTask(builtRunner(), task).catch((error: unknown) => error);
  const journal = journalPath(task.file);
  await until(() => server.connections.length === 1 && exists(journal), 'a session runs');
  const head = JSON.parse((await readFile(journal, 'utf8')).split('\n')[0]!) as {
    processId: number;
  };
  process.kill(head.processId, 'SIGKILL');
  const error = await ending;
  assert.ok(error instanceof RunnerError);
  assert.equal(error.reason, 'runner_ended');
  assert.match(error.message, /SIGKILL/);
  assert.ok(error.message.includes(journal));
});

test('the text grows in order, in at most 30 messages a second', async () => {
  const many = Array.from({ length: 200 }, (_, n) => `word${n}`);
  const { task } = await prepare('live', {
    speed: 1,
    live: true,
    data: path.join(dataset, 'one.flac'),
    script: { words: many, appendsPerDelta: 1, blankDeltas: 4 },
  });
  // Twenty chunks a second, each answered by several messages.
  task.plan.pacing.chunkMs = 20;
  const texts: (LiveText & { atMs: number })[] = [];
  await performTask(builtRunner(), task, {
    onProgress: (message) => {
      if (message.type === 'text') texts.push({ ...message, atMs: performance.now() });
    },
  });
  assert.ok(texts.length > 50, `${texts.length} reports`);
  for (const [i, { text, audioMs }] of texts.entries()) {
    const before = texts[i - 1];
    assert.ok(text.startsWith(before?.text ?? ''), `${before?.text} then ${text}`);
    assert.ok(audioMs >= (before?.audioMs ?? 0));
  }
  const { run } = await readRunFile(task.file);
  const { received } = run.sessions[0]!.trace;
  assert.equal(texts.at(-1)?.text, many.join(' '));
  assert.ok(received.length > texts.length, 'messages were put together');
  const spanMs = texts.at(-1)!.atMs - texts[0]!.atMs;
  const perSecond = (texts.length - 1) / (spanMs / 1000);
  assert.ok(perSecond <= 30, `${perSecond.toFixed(1)} a second`);
});

test('the key is in no file and in no message', async () => {
  const script = {
    processingErrorInsteadOfDone: true,
    errorAfterAppends: { appends: 2, message: { type: 'error', error: `bad key ${key}` } },
  };
  const { task } = await prepare('secret', { speed: 10, script });
  const { child, raw, messages } = startRaw(task);
  await once(child, 'exit');
  assert.equal(messages.at(-1)?.type, 'finished');
  assert.equal(ended(messages), 4);
  const refused = await prepare('refused', { speed: 10, script: { apiKey: 'another' } });
  const second = startRaw(refused.task);
  await once(second.child, 'exit');
  assert.equal(second.messages.at(-1)?.type, 'failed');
  assert.ok(![...raw, ...second.raw].some((message) => message.includes(key)));
  const files = (await readdir(directory)).filter((name) => name.includes('rtbench'));
  assert.ok(files.includes('secret.rtbench.json'));
  for (const name of files) {
    const content = await readFile(path.join(directory, name), 'utf8');
    assert.ok(!content.includes(key), name);
  }
});

test('says how much speech there is and what a saved run did', async () => {
  const described = await performTask(builtRunner(), { type: 'describe', dataset });
  assert.equal(described.utterances, 4);
  assert.equal(described.exact, true);
  assert.ok(Math.abs(described.audioMs - 4 * 4040) < 400, String(described.audioMs));
  const { task } = await prepare('planned', { speed: 20 });
  await performTask(builtRunner(), task);
  const { plan, title } = await performTask(builtRunner(), { type: 'readPlan', file: task.file });
  assert.equal(title, 'planned');
  assert.deepEqual(plan, { ...task.plan, endpoints: plan.endpoints });
});

test('an unusable task is refused with the reason', async () => {
  await assert.rejects(
    performTask(builtRunner(), { type: 'describe', dataset: path.join(directory, 'none') }),
    /none does not exist/,
  );
  await assert.rejects(
    performTask(path.join(directory, 'none.js'), { type: 'inspect', journals: [] }),
    { reason: 'runner_ended' },
  );
  const child = fork(builtRunner(), [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  child.send({ type: 'run', plan: 7 });
  const [message] = (await once(child, 'message')) as [FromRunner];
  assert.ok(message.type === 'failed' && message.reason === 'message_invalid');
  await once(child, 'exit');
});
