// The official clients of MCP, of this and of the last generation, against `rtbench mcp` over real
// standard input and output, with the embedded recogniser behind it.
import assert from 'node:assert/strict';
import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { isMeasuring, toolNames, type ToolName } from '../../src/agenttools/toolNames.ts';
import { readRunFile } from '../../src/runfile/readRunFile.ts';
import { startScriptedVllmServer } from '../support/scriptedVllmServer.ts';
import { until } from '../support/until.ts';
import {
  generations,
  peerKey as key,
  productRoot,
  type CallOptions,
  type Connected,
} from './mcpClients.ts';

const speech = path.join(productRoot, 'samples', 'speech', 'kitchen-lights.flac');

for (const [generation, connect] of Object.entries(generations)) {
  describe(`a client of MCP ${generation}`, () => {
    let parent: string;
    let folder: string;
    let connected: Connected;

    before(async () => {
      parent = await mkdtemp(path.join(os.tmpdir(), 'rtbench-mcp-'));
      folder = path.join(parent, 'folder');
      await mkdir(path.join(folder, '.vscode'), { recursive: true });
      await copyFile(speech, path.join(folder, 'lights.flac'));
      await copyFile(speech, path.join(parent, 'outside.flac'));
      const entry = { id: 'a', audio: path.join(parent, 'outside.flac') };
      await writeFile(path.join(folder, 'outside.jsonl'), JSON.stringify(entry));
      connected = await connect(['--folder', folder]);
    });
    after(async () => {
      await connected.client.close();
      await rm(parent, { recursive: true, maxRetries: 5 });
    });

    test('lists the tools, with schemas and what they do to the world', async () => {
      const { tools } = await connected.client.listTools();
      assert.deepEqual(
        tools.map(({ name }) => name),
        [...toolNames],
      );
      for (const { name, description, inputSchema, annotations } of tools) {
        assert.ok((description ?? '').length > 50);
        assert.equal(inputSchema.type, 'object');
        const { readOnlyHint, destructiveHint } = annotations ?? {};
        assert.equal(readOnlyHint, !isMeasuring(name as ToolName));
        assert.equal(destructiveHint, false);
      }
    });

    test('lists the embedded recogniser without any settings', async () => {
      const { text, isError } = await connected.call('rtbench_list_endpoints', {});
      assert.equal(isError, false);
      assert.match(text, /\| Embedded \| .* stays on this computer \|/);
    });

    test('has the embedded recogniser measured for real, twice, and compares', async () => {
      const input = { endpoints: ['Embedded'], dataset: 'lights.flac', pacing: 'burst' };
      const progress: { progress: number; total?: number | undefined }[] = [];
      const onprogress: CallOptions['onprogress'] = (one) => progress.push(one);
      const first = await connected.call('rtbench_run_benchmark', input, { onprogress });
      assert.equal(first.isError, false, first.text);
      assert.match(first.text, /^Measured 1 of 1 sessions; 0 failed .* Saved: file:/);
      assert.match(first.text, /Embedded: 1 sessions: 1 success/);
      assert.deepEqual(
        progress.map((one) => [one.progress, one.total]),
        [
          [0, 1],
          [1, 1],
        ],
      );
      await connected.call('rtbench_run_benchmark', input);
      const { text: list } = await connected.call('rtbench_list_runs', {});
      const files = [...list.matchAll(/^\| (benchmarks\/\S+\.rtbench\.json) \|/gm)].map(
        ([, file]) => file!,
      );
      assert.equal(files.length, 2, list);
      const summary = await connected.call('rtbench_get_run_summary', { run: files[0]! });
      assert.match(summary.text, /model moonshine-tiny-en/);
      const compared = await connected.call('rtbench_compare_runs', {
        baseline: files[1]!,
        runs: [files[0]!],
      });
      assert.match(compared.text, /^A → B \(Embedded\): /);
    });

    const refused: [ToolName, object, RegExp][] = [
      ['rtbench_run_benchmark', {}, /^Input of rtbench_run_benchmark is not usable: endpoints: /],
      ['rtbench_run_benchmark', { endpoints: ['a'], speed: 2 }, /Unrecognized key: "speed"/],
      ['rtbench_run_benchmark', { endpoints: ['nobody'] }, /The endpoints are: "Embedded"\.$/],
      [
        'rtbench_run_benchmark',
        { endpoints: ['Embedded'], dataset: '../outside.flac' },
        /lies outside of the folder/,
      ],
      [
        'rtbench_run_benchmark',
        { endpoints: ['Embedded'], dataset: 'outside.jsonl' },
        /names audio outside of the folder/,
      ],
      ['rtbench_get_run_summary', { run: '/etc/passwd' }, /lies outside of the folder/],
      ['rtbench_get_run_summary', { run: 'lights.flac' }, /is no run file/],
      ['rtbench_compare_runs', { baseline: 'a', runs: ['b'] }, /There is no "a"/],
    ];
    for (const [name, input, message] of refused) {
      test(`is told in one line why not: ${name} ${JSON.stringify(input)}`, async () => {
        const { text, isError } = await connected.call(name, input);
        assert.equal(isError, true);
        assert.match(text, message);
        assert.doesNotMatch(text, /\n/);
      });
    }

    test('cancels half-way, and what ended is kept', async () => {
      const stop = new AbortController();
      const input = {
        endpoints: ['Embedded'],
        dataset: 'lights.flac',
        pacing: 'capture',
        repeatsPerUtterance: 20,
      };
      const running = connected.call('rtbench_run_benchmark', input, {
        signal: stop.signal,
        onprogress: ({ progress }) => {
          if (progress === 1) stop.abort();
        },
      });
      await assert.rejects(running);
      let list = '';
      const isKept = async (): Promise<boolean> => {
        list = (await connected.call('rtbench_list_runs', {})).text;
        return list.includes('partial: cancelled');
      };
      await until(isKept, 'the partial run');
      assert.match(list, /\| \d+(, \d+ failed)?, partial: cancelled \|/);
    });
  });
}

describe('a client of MCP and an API key', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'rtbench-mcp-'));
    await mkdir(path.join(folder, '.vscode'));
    await copyFile(speech, path.join(folder, 'lights.flac'));
  });
  after(() => rm(folder, { recursive: true, maxRetries: 5 }));

  test('the key of an address goes there, and into no answer or file', async () => {
    const asr = await startScriptedVllmServer({ words: ['lights'], apiKey: key });
    const settings = {
      // A comment, as people have them, comes below.
      'rtbench.endpoints': [{ name: 'Guarded', url: asr.url }],
    };
    const text = `// local\n${JSON.stringify(settings)}`;
    await writeFile(path.join(folder, '.vscode', 'settings.json'), text);
    const args = ['--folder', folder, '--api-key-env', `${asr.url}=PEER_KEY`];
    const { client, call } = await generations['of this generation'](args);
    try {
      const input = { endpoints: ['Guarded'], dataset: 'lights.flac', pacing: 'burst' };
      const { text: answer, isError } = await call('rtbench_run_benchmark', input);
      assert.equal(isError, false, answer);
      assert.match(answer, /^Measured 1 of 1 sessions; 0 failed/);
      assert.ok(!answer.includes(key));
      const [name] = await readdir(path.join(folder, 'benchmarks'));
      const { run } = await readRunFile(path.join(folder, 'benchmarks', name!));
      assert.ok(!JSON.stringify(run).includes(key));
      assert.equal(run.plan.endpoints[0]?.apiKeyEnv, 'PEER_KEY');
    } finally {
      await client.close();
      await asr.close();
    }
  });
});
