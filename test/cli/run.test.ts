import assert from 'node:assert/strict';
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
import { readRunFile } from '../../src/runfile/readRunFile.ts';
import { runCli, shortSpeech, startCli } from '../support/runCli.ts';
import { startScriptedVllmServer } from '../support/scriptedVllmServer.ts';

let directory: string;
before(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'rtbench-cli-'));
});
after(() => rm(directory, { recursive: true }));

const words = ['please', 'turn', 'off', 'the', 'lights'];

/** Four utterances of 4 s, the last without a reference. */
async function makeDataset(name: string): Promise<string> {
  const folder = path.join(directory, name);
  await mkdir(folder);
  const entries = ['one', 'two', 'three', 'four'];
  for (const id of entries) await copyFile(shortSpeech, path.join(folder, `${id}.flac`));
  const lines = entries.map((id) => {
    const text = id === 'four' ? {} : { text: 'Please turn off the lights.' };
    return JSON.stringify({ id, audio: `${id}.flac`, language: 'en', ...text });
  });
  await writeFile(path.join(folder, 'manifest.jsonl'), lines.join('\n'));
  return folder;
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

test('measures, saves, shows, validates and repeats a run', async () => {
  const server = await startScriptedVllmServer({ words });
  const data = await makeDataset('whole');
  const out = path.join(directory, 'whole.rtbench.json');
  const plan = ['--endpoint', server.url, '--data', data, '--speed', '10', '--concurrency', '2'];
  const first = await runCli(['run', ...plan, '--out', out]);
  assert.equal(first.code, 0, first.stderr);
  assert.match(first.stdout, /4 sessions: 4 success/);
  assert.match(first.stdout, /Time to first text \(TTFT\)/);
  assert.match(first.stdout, /WER +0\.0 % .* of 15 words in 3 utterances.*en-whisper@1/);
  assert.match(first.stdout, /Saved .*whole\.rtbench\.json/);
  assert.match(first.stderr, /4\/4 sessions/);
  assert.equal(await exists(path.join(directory, 'whole.rtbench.journal')), false);
  assert.deepEqual(server.violations, []);

  const { run, warnings } = await readRunFile(out);
  assert.equal(run.info.completeness, 'complete');
  assert.equal(run.endpoints[0]?.model, 'test-model');
  assert.equal(run.sessions[0]?.trace.chunks.length, 41);
  assert.match(warnings.join(), /manifest\.jsonl:4/);

  const shown = await runCli(['show', out]);
  assert.match(shown.stdout, /4 sessions: 4 success/);
  const valid = await runCli(['validate', out]);
  assert.match(valid.stdout, /is valid: .*4 sessions/);

  const again = path.join(directory, 'again.rtbench.json');
  const repeated = await runCli(['run', out, '--limit', '1', '--out', again, '--json']);
  assert.equal(repeated.code, 0, repeated.stderr);
  const document = JSON.parse(repeated.stdout) as { sessions: { status: string }[] };
  assert.deepEqual(
    document.sessions.map(({ status }) => status),
    ['success'],
  );
  assert.equal((await readRunFile(again)).run.plan.pacing.speed, 10);
  await server.close();
});

test('fails when every session fails, and keeps their traces', async () => {
  const server = await startScriptedVllmServer({ words, processingErrorInsteadOfDone: true });
  const out = path.join(directory, 'failed.rtbench.json');
  const args = ['--endpoint', server.url, '--data', shortSpeech, '--speed', '10', '--out', out];
  const { code, stdout } = await runCli(['run', ...args, '--quiet']);
  assert.equal(code, 1);
  assert.match(stdout, /1 sessions: 1 partial \(server_error 1\)/);
  const { run } = await readRunFile(out);
  assert.ok(run.sessions[0]!.trace.received.length > 2);
  await server.close();
});

test('one failing session does not harm the others', async () => {
  const server = await startScriptedVllmServer((connection) =>
    connection === 1 ? { words, cutAfterAppends: 5 } : { words },
  );
  const data = await makeDataset('unplugged');
  const out = path.join(directory, 'unplugged.rtbench.json');
  const plan = ['--endpoint', server.url, '--data', data, '--speed', '10', '--concurrency', '4'];
  const { code } = await runCli(['run', ...plan, '--out', out, '--quiet']);
  assert.equal(code, 0);
  const { sessions, run } = await readRunFile(out);
  assert.equal(sessions.filter(({ figures }) => figures.status === 'success').length, 3);
  assert.deepEqual(
    run.sessions.flatMap(({ trace }) => trace.failure?.reason ?? []),
    ['closed_early'],
  );
  await server.close();
});

test('fails on a missed threshold and says by what figure', async () => {
  const server = await startScriptedVllmServer({ words });
  const out = path.join(directory, 'threshold.rtbench.json');
  const plan = ['--endpoint', server.url, '--data', shortSpeech, '--speed', '10', '--out', out];
  // No server is that fast.
  const limits = ['--threshold', 'ttft.p50<=0.001', '--threshold', 'error_rate<=0'];
  const { code, stdout } = await runCli(['run', ...plan, ...limits, '--quiet']);
  await server.close();
  assert.equal(code, 1);
  assert.match(stdout, /MISSED {2}ttft\.p50<=0\.001 {2}\(127\.0\.0\.1:\d+: \d+/);
  assert.match(stdout, /met {5}error_rate<=0/);
});

test('Ctrl-C keeps what finished', async () => {
  const server = await startScriptedVllmServer((connection) =>
    connection < 2 ? { words } : { words, neverDone: true },
  );
  const data = await makeDataset('cancelled');
  const out = path.join(directory, 'cancelled.rtbench.json');
  const plan = ['--endpoint', server.url, '--data', data, '--speed', '20', '--out', out];
  const { child, ended } = startCli(['run', ...plan, '--quiet']);
  while (server.connections.length < 3) await sleep(20);
  child.kill('SIGINT');
  const { code, stdout } = await ended;
  assert.equal(code, 130);
  assert.match(stdout, /3 sessions: 2 success, 1 cancelled/);
  assert.match(stdout, /not complete: it was cancelled/);
  assert.equal((await readRunFile(out)).run.info.plannedSessions, 4);
  await server.close();
});

test('what a killed process finished can be recovered', async () => {
  const server = await startScriptedVllmServer((connection) =>
    connection < 2 ? { words } : { words, neverDone: true },
  );
  const data = await makeDataset('killed');
  const out = path.join(directory, 'killed.rtbench.json');
  const journal = path.join(directory, 'killed.rtbench.journal');
  const plan = ['--endpoint', server.url, '--data', data, '--speed', '20', '--out', out];
  const { child, ended } = startCli(['run', ...plan, '--quiet']);
  while (server.connections.length < 3) await sleep(20);
  child.kill('SIGKILL');
  await ended;
  assert.equal(await exists(out), false);

  const refused = await runCli(['run', ...plan, '--quiet']);
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /rtbench recover .*killed\.rtbench\.journal/);

  const recovered = await runCli(['recover', journal]);
  assert.match(recovered.stdout, /with 2 of 4 sessions/);
  const { run } = await readRunFile(out);
  assert.equal(run.info.partialBecause, 'recovered');
  assert.equal(run.environment.clock, null);
  const twice = await runCli(['recover', journal]);
  assert.equal(twice.code, 2);
  assert.match(twice.stderr, /--force/);
  await server.close();
});

test('an API key comes from the environment and is saved nowhere', async () => {
  const apiKey = 'sk-very-secret-0123456789';
  const server = await startScriptedVllmServer({ words, apiKey });
  const folder = path.join(directory, 'keyed');
  await mkdir(folder);
  const out = path.join(folder, 'keyed.rtbench.json');
  const plan = ['--endpoint', server.url, '--data', shortSpeech, '--speed', '20', '--out', out];
  const keyed = [...plan, '--api-key-env', 'EXAMPLE_ASR_KEY'];

  const unset = await runCli(['run', ...keyed, '--quiet']);
  assert.equal(unset.code, 2);
  assert.match(unset.stderr, /EXAMPLE_ASR_KEY, which is not set/);

  const { code, stdout, stderr } = await runCli(['run', ...keyed], { EXAMPLE_ASR_KEY: apiKey });
  assert.equal(code, 0, stderr);
  const files = await readdir(folder);
  const texts = await Promise.all(files.map((file) => readFile(path.join(folder, file), 'utf8')));
  assert.ok(![stdout, stderr, ...texts].some((text) => text.includes(apiKey)));
  assert.ok(server.upgrades.some(({ authorization }) => authorization === `Bearer ${apiKey}`));
  await server.close();
});

test('unusable audio is a failed session of its own class; the rest is measured', async () => {
  const server = await startScriptedVllmServer({ words });
  const data = await makeDataset('damaged');
  await writeFile(path.join(data, 'two.flac'), 'no audio at all');
  const out = path.join(directory, 'damaged.rtbench.json');
  const plan = ['--endpoint', server.url, '--data', data, '--speed', '20', '--out', out];
  const { code, stdout } = await runCli(['run', ...plan, '--quiet']);
  assert.equal(code, 0);
  assert.match(stdout, /3 success, 1 failed \(audio_unusable 1\)/);
  const { run } = await readRunFile(out);
  assert.match(run.sessions[1]!.trace.failure!.message, /two\.flac/);
  await server.close();
});

test('what cannot be run at all gives one clear error and exit code 2', async () => {
  const cases: [args: string[], message: RegExp][] = [
    [['run', '--endpoint', 'ftp://x', '--model', 'm'], /ftp:\/\/x.*ws:\/\//],
    [['run', '--endpoint', 'ws://127.0.0.1:9', '--data', shortSpeech], /127\.0\.0\.1:9/],
    [['run', '--data', '/no/such/folder'], /\/no\/such\/folder does not exist/],
    [['run', '--dialect', 'morse', '--endpoint', 'ws://x'], /no dialect "morse".*vllm-realtime/],
    [['run', '--threshold', 'speed'], /Threshold "speed"/],
    [['run', '--profile', 'klingon'], /klingon.*en-whisper@1/],
    [['run', '--limit', '0'], /--limit.*whole number from 1/],
    [['run', 'missing.rtbench.json'], /missing\.rtbench\.json cannot be read/],
    [['frobnicate'], /unknown command 'frobnicate'/],
  ];
  for (const [args, message] of cases) {
    const { code, stdout, stderr } = await runCli(args);
    assert.equal(code, 2, `${args.join(' ')}: ${stderr}`);
    assert.match(stderr, message);
    assert.equal(stdout, '');
  }
});
