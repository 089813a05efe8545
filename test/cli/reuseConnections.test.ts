import assert from 'node:assert/strict';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { reusesConnections } from '../../src/plan/loadLimits.ts';
import { readRunFile } from '../../src/runfile/readRunFile.ts';
import { runCli, shortSpeech, startCli } from '../support/runCli.ts';
import { startScriptedVllmServer } from '../support/scriptedVllmServer.ts';
import type { ScriptedVllmServer } from '../support/scriptedVllmServer.ts';
import type { VllmScript } from '../support/vllmScript.ts';

const words = ['please', 'turn', 'off', 'the', 'lights'];
const appendsPerUtterance = 41;

let directory: string;

/** Four utterances of 4 s. */
before(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'rtbench-reuse-'));
  const ids = ['one', 'two', 'three', 'four'];
  for (const id of ids) await copyFile(shortSpeech, path.join(directory, `${id}.flac`));
  const lines = ids.map((id) =>
    JSON.stringify({
      id,
      audio: `${id}.flac`,
      language: 'en',
      text: 'Please turn off the lights.',
    }),
  );
  await writeFile(path.join(directory, 'manifest.jsonl'), lines.join('\n'));
});
after(() => rm(directory, { recursive: true }));

async function start(
  context: TestContext,
  script: (connection: number) => Partial<VllmScript>,
): Promise<ScriptedVllmServer> {
  const server = await startScriptedVllmServer((connection) => ({
    words,
    severalUtterances: true,
    ...script(connection),
  }));
  context.after(() => server.close());
  return server;
}

function argsFor(server: ScriptedVllmServer, out: string, ...more: string[]): string[] {
  const plan = ['--endpoint', server.url, '--data', directory, '--speed', '10', '--quiet'];
  return ['run', ...plan, '--reuse-connections', '--out', path.join(directory, out), ...more];
}

describe('rtbench run --reuse-connections', () => {
  test('two users speak twice each on their own connection', async (context) => {
    const server = await start(context, () => ({}));
    const out = path.join(directory, 'pairs.rtbench.json');
    const { code, stdout, stderr } = await runCli(
      argsFor(server, 'pairs.rtbench.json', '--concurrency', '2'),
    );
    assert.equal(code, 0, stderr);
    assert.match(stdout, /2 at once, connections reused/);
    assert.match(stdout, /4 sessions: 4 success/);
    assert.match(stdout, /WER +0\.0 % .* of 20 words in 4 utterances/);
    assert.deepEqual(server.violations, []);
    assert.deepEqual(
      server.connections.map(({ utterances, appends }) => [utterances, appends]),
      [
        [2, 2 * appendsPerUtterance],
        [2, 2 * appendsPerUtterance],
      ],
    );
    for (const { pcm, clientClose } of server.connections) {
      const sent = Buffer.concat(pcm);
      const half = sent.length / 2;
      assert.deepEqual(sent.subarray(0, half), sent.subarray(half));
      assert.equal(clientClose?.code, 1000);
    }

    const { run, sessions, summary } = await readRunFile(out);
    assert.ok(reusesConnections(run.plan.load));
    const reused = run.sessions.map(({ trace }) => trace.connection.reused === true);
    assert.deepEqual(reused, [false, false, true, true]);
    sessions.forEach(({ figures }, at) => {
      const { metrics, missing } = figures;
      for (const id of ['connect_time', 'ready_time', 'ttft_connect']) {
        assert.equal(id in metrics, !reused[at], id);
        assert.equal((missing.connection_reused ?? []).includes(id), reused[at], id);
      }
      for (const id of ['ttft', 'ttft_commit', 'tail_latency']) {
        assert.equal(typeof metrics[id], 'number', id);
      }
    });
    assert.equal(summary[0]!.metrics.connect_time!.n, 2);
    assert.equal(summary[0]!.metrics.ttft!.n, 4);

    const valid = await runCli(['validate', out]);
    assert.match(valid.stdout, /is valid: .*4 sessions/);
    const again = path.join(directory, 'again.rtbench.json');
    const flags = ['--no-reuse-connections', '--limit', '2', '--out', again, '--quiet'];
    const repeated = await runCli(['run', out, ...flags]);
    assert.equal(repeated.code, 0, repeated.stderr);
    assert.equal(server.connections.length, 4);
    assert.ok(!reusesConnections((await readRunFile(again)).run.plan.load));
  });

  test('each session connects where the server closes after each text', async (context) => {
    const server = await start(context, () => ({ closeAfterDone: true }));
    const { code, stdout } = await runCli(argsFor(server, 'closing.rtbench.json'));
    assert.equal(code, 0);
    assert.match(stdout, /4 sessions: 4 success/);
    assert.equal(server.connections.length, 4);
    assert.deepEqual(server.violations, []);
  });

  test('a failure costs one session; the next one connects anew', async (context) => {
    const script = { cutAfterAppends: appendsPerUtterance + 5 };
    const server = await start(context, (connection) => (connection === 0 ? script : {}));
    const { stdout } = await runCli(argsFor(server, 'broken.rtbench.json'));
    assert.match(stdout, /4 sessions: 3 success, 1 partial \(closed_early 1\)/);
    const { run } = await readRunFile(path.join(directory, 'broken.rtbench.json'));
    assert.deepEqual(
      run.sessions.map(({ trace: { connection, failure } }) => [
        connection.reused ?? false,
        failure?.reason ?? null,
      ]),
      [
        [false, null],
        [true, 'closed_early'],
        [false, null],
        [true, null],
      ],
    );
    assert.equal(server.connections.length, 2);
  });

  test('Ctrl-C closes what is spoken on, and what waits', async (context) => {
    const server = await start(context, () => ({}));
    const args = argsFor(server, 'stopped.rtbench.json', '--concurrency', '2', '--limit', '3');
    const { child, ended } = startCli(args);
    while (!server.connections.some(({ utterances }) => utterances === 2)) await sleep(20);
    await sleep(200);
    child.kill('SIGINT');
    const { code, stdout } = await ended;
    assert.equal(code, 130);
    assert.match(stdout, /3 sessions: 2 success, 1 cancelled/);
    assert.equal(server.connections.length, 2);
    for (const { clientClose } of server.connections) assert.equal(clientClose?.code, 1000);
    assert.deepEqual(server.violations, []);
  });

  test('a protocol that takes one utterance per connection is refused by name', async () => {
    const args = ['run', '--endpoint', 'ws://127.0.0.1:9', '--dialect', 'vosk'];
    const { code, stderr } = await runCli([...args, '--reuse-connections']);
    assert.equal(code, 2);
    assert.match(stderr, /Vosk.*one utterance per connection.*--reuse-connections/);
  });
});
