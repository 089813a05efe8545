// What goes wrong with the tools by way of MCP: the official client against `rtbench mcp` over real
// standard input and output.
import assert from 'node:assert/strict';
import { copyFile, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, test } from 'node:test';
import type { ToolName } from '../../src/agenttools/toolNames.ts';
import { writeRunFile } from '../../src/runfile/writeRunFile.ts';
import { comparedRun } from '../support/comparedRuns.ts';
import { startScriptedVllmServer } from '../support/scriptedVllmServer.ts';
import { generations, peerKey, productRoot, type Connected } from './mcpClients.ts';

const speech = path.join(productRoot, 'samples', 'speech', 'kitchen-lights.flac');
const words = ['please', 'turn', 'off', 'the', 'lights'];

describe('tools by way of MCP, when something is wrong', () => {
  let folder: string;
  let connected: Connected;

  const settings = (value: object | string): Promise<void> => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return writeFile(path.join(folder, '.vscode', 'settings.json'), text);
  };

  before(async () => {
    folder = await realpath(await mkdtemp(path.join(os.tmpdir(), 'rtbench-mcp-')));
    await mkdir(path.join(folder, '.vscode'));
    await copyFile(speech, path.join(folder, 'lights.flac'));
    await writeFile(path.join(folder, 'broken.jsonl'), '{ "id": ');
    await writeRunFile(path.join(folder, 'a.rtbench.json'), comparedRun({ utterances: 3 }));
    await writeFile(path.join(folder, 'cut.rtbench.json'), '{ "format": 1, "run": {');
    await writeFile(path.join(folder, 'newer.rtbench.json'), '{ "format": 99 }');
    await settings({ 'rtbench.endpoints': [{ name: 'Away', url: 'wss://asr.example.com' }] });
    const key = ['--api-key-env', 'wss://asr.example.com=NOT_SET'];
    connected = await generations['of this generation'](['--folder', folder, ...key]);
  });
  after(async () => {
    await connected.client.close();
    await rm(folder, { recursive: true, maxRetries: 5 });
  });

  const away = { endpoints: ['Away'], dataset: 'lights.flac' };
  const embedded = { endpoints: ['Embedded'] };
  const refused: [ToolName, input: object, message: RegExp][] = [
    ['rtbench_list_endpoints', { all: true }, /Unrecognized key: "all".*Its members: none\./],
    ['rtbench_list_runs', { limit: 0 }, /^Input of rtbench_list_runs is not usable: limit: /],
    ['rtbench_list_plans', { limit: 'all' }, /^Input of rtbench_list_plans is not usable: limit: /],
    ['rtbench_run_benchmark', away, /environment variable NOT_SET, which is not set\. Set it/],
    ['rtbench_run_benchmark', { ...embedded, dataset: 'no' }, /There is no "no" in the folder/],
    ['rtbench_run_benchmark', { ...embedded, dataset: 'broken.jsonl' }, /broken\.jsonl/],
    ['rtbench_run_plan', { plan: 'no.rtplan.json' }, /There is no "no\.rtplan\.json"/],
    ['rtbench_get_run_summary', { run: 'no.rtbench.json' }, /There is no "no\.rtbench\.json"/],
    ['rtbench_get_run_summary', { run: 'cut.rtbench.json' }, /^cut\.rtbench\.json: /],
    ['rtbench_get_run_summary', { run: 'newer.rtbench.json' }, /^newer\.rtbench\.json: .*99/],
    ['rtbench_compare_runs', { baseline: 'a.rtbench.json', runs: ['no'] }, /There is no "no"/],
    [
      'rtbench_compare_runs',
      { baseline: 'a.rtbench.json', runs: ['cut.rtbench.json'] },
      /^cut\.rtbench\.json is not JSON: .* restore it\.$/,
    ],
    [
      'rtbench_compare_runs',
      { baseline: 'newer.rtbench.json', runs: ['a.rtbench.json'] },
      /^newer\.rtbench\.json has format 99; .* Update RTBench/,
    ],
  ];
  for (const [name, input, message] of refused) {
    test(`say so in one line: ${name} ${JSON.stringify(input)}`, async () => {
      const { text, isError } = await connected.call(name, input);
      assert.equal(isError, true, text);
      assert.match(text, message);
      assert.doesNotMatch(text, /\n/);
    });
  }

  test('name the settings that cannot be read', async () => {
    await settings('{ "rtbench.endpoints": [');
    for (const [name, input] of [
      ['rtbench_list_endpoints', {}],
      ['rtbench_run_benchmark', embedded],
    ] as const) {
      const { text, isError } = await connected.call(name, input);
      assert.equal(isError, true);
      assert.match(text, /settings\.json cannot be used: it is not JSON with comments\.$/);
    }
    await settings({});
  });

  test('tell of a key that the server wants and does not get', async () => {
    const guarded = await startScriptedVllmServer({ words, apiKey: peerKey });
    await settings({ 'rtbench.endpoints': [{ name: 'Guarded', url: guarded.url, model: 'm' }] });
    const input = { endpoints: ['Guarded'], dataset: 'lights.flac', pacing: 'burst' };
    const { text } = await connected.call('rtbench_run_benchmark', input);
    await guarded.close();
    assert.match(text, /401/);
    assert.match(text, /1 failed|HTTP/);
  });

  test('keep what was measured when the server goes half-way', async () => {
    const going = await startScriptedVllmServer({ words });
    await settings({ 'rtbench.endpoints': [{ name: 'Going', url: going.url }] });
    const input = {
      endpoints: ['Going'],
      dataset: 'lights.flac',
      pacing: 'burst',
      repeatsPerUtterance: 6,
    };
    const { text, isError } = await connected.call('rtbench_run_benchmark', input, {
      onprogress: ({ progress }) => {
        if (progress === 2) void going.close();
      },
    });
    assert.equal(isError, false, text);
    assert.match(text, /^Measured 6 of 6 sessions; [34] failed or broke off\. Saved: file:/);
    assert.match(text, /^First failure: [^\n]+\n/m);
  });

  test('end a comparison when it is cancelled, and answer others meanwhile', async () => {
    const many = { utterances: 6000 };
    await writeRunFile(path.join(folder, 'large.rtbench.json'), comparedRun(many));
    await writeRunFile(path.join(folder, 'other.rtbench.json'), comparedRun({ ...many, seed: 2 }));
    const stop = new AbortController();
    const input = { baseline: 'large.rtbench.json', runs: ['other.rtbench.json'] };
    const comparing = connected.call('rtbench_compare_runs', input, { signal: stop.signal });
    comparing.catch(() => undefined);
    await sleep(1500);
    const askedMs = performance.now();
    await connected.call('rtbench_list_endpoints', {});
    assert.ok(performance.now() - askedMs < 1000, 'it does not hear while it compares');
    stop.abort();
    await assert.rejects(comparing);
    await sleep(1000);
    assert.match(connected.said(), /The comparison was stopped\./);
  });
});
