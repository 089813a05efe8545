// Every protocol the whole way: the built command line measures its strict server, and what was
// saved is there to be shown on the timeline.
import assert from 'node:assert/strict';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { dialects } from '../../src/dialects/registry.ts';
import { readRunFile } from '../../src/runfile/readRunFile.ts';
import { buildTimelineSession } from '../../src/timeline/buildTimelineSession.ts';
import { dialectServers } from '../support/dialects/servers.ts';
import { runCli, shortSpeech } from '../support/runCli.ts';

const words = ['please', 'turn', 'off', 'the', 'lights'];
let directory: string;
let manifest: string;

before(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'rtbench-dialects-'));
  manifest = path.join(directory, 'manifest.jsonl');
  await copyFile(shortSpeech, path.join(directory, 'lights.flac'));
  const entry = { id: 'lights', audio: 'lights.flac', language: 'en', text: words.join(' ') };
  await writeFile(manifest, JSON.stringify(entry));
});
after(() => rm(directory, { recursive: true }));

describe('rtbench run', { concurrency: 3 }, () => {
  for (const { id } of dialects) {
    test(`measures a server that speaks ${id}`, async () => {
      const server = dialectServers[id];
      assert.ok(server, `test/support/dialects/servers.ts has no server for ${id}`);
      const { start, model, options = {}, env = {} } = server;
      const running = await start({ words });
      const out = path.join(directory, `${id}.rtbench.json`);
      try {
        const asked = Object.entries(options).flatMap(([name, value]) => [
          '--option',
          `${name}=${JSON.stringify(value)}`,
        ]);
        const { code, stderr } = await runCli(
          [
            ...['run', '--dialect', id, '--endpoint', running.url, '--data', manifest],
            ...['--speed', '4', '--chunk-ms', '200', '--out', out],
            ...(model === undefined ? [] : ['--model', model]),
            ...asked,
          ],
          env,
        );
        assert.equal(code, 0, stderr);
        assert.deepEqual(running.violations, []);
      } finally {
        await running.close();
      }
      const { run, sessions, summary } = await readRunFile(out);
      assert.equal(sessions[0]?.figures.status, 'success');
      assert.equal(summary[0]?.text[0]?.rates.wer, 0);
      const [{ trace }, utterance] = [run.sessions[0]!, run.utterances[0]!];
      const identity = {
        key: id,
        endpoint: id,
        utterance: 'lights',
        repeat: 0,
        run: id,
        audioKey: id,
      };
      const { durationMs } = utterance;
      const lane = buildTimelineSession({ identity, trace, utterance, durationMs, live: false });
      assert.equal(lane.status, 'success');
      assert.deepEqual(
        lane.words.map(({ text }) => text),
        words,
      );
      assert.ok(lane.deltas.atMs.length > 0);
    });
  }
});

test('rtbench dialects lists them all, with what each can be measured by', async () => {
  const { code, stdout } = await runCli(['dialects', '--json']);
  assert.equal(code, 0);
  const listed = JSON.parse(stdout) as { id: string; audio: string; metrics: string[] }[];
  assert.deepEqual(
    listed.map(({ id }) => id),
    dialects.map(({ id }) => id),
  );
  for (const { audio, metrics } of listed) {
    assert.match(audio, /^pcm_\w+ \d+ kHz$/);
    assert.ok(metrics.includes('WER'));
  }
  const table = (await runCli(['dialects'])).stdout;
  for (const { id } of dialects) assert.ok(table.includes(`\n${id} `), id);
});

test('rtbench detect finds out what speaks at an address', async () => {
  const server = await dialectServers.mistral!.start({});
  try {
    const { code, stdout } = await runCli(['detect', server.url]);
    assert.equal(code, 0);
    assert.match(stdout, /^mistral: /);
  } finally {
    await server.close();
  }
  const nothing = await runCli(['detect', 'ws://127.0.0.1:9']);
  assert.equal(nothing.code, 1);
  assert.match(nothing.stdout, /Nothing to detect: .*refused the connection/);
});
