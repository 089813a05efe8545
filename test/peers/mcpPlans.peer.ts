// Plan files by way of MCP: the official client against `rtbench mcp` over real standard input and
// output, with a scripted server that is measured.
import assert from 'node:assert/strict';
import { copyFile, mkdir, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { readRunFile } from '../../src/runfile/readRunFile.ts';
import { startServerThatHolds } from '../support/serverThatHolds.ts';
import { startScriptedVllmServer, type ScriptedVllmServer } from '../support/scriptedVllmServer.ts';
import { until } from '../support/until.ts';
import { generations, peerKey, productRoot, type Connected } from './mcpClients.ts';

const speech = path.join(productRoot, 'samples', 'speech', 'kitchen-lights.flac');
const words = ['please', 'turn', 'off', 'the', 'lights'];
const connect = generations['of this generation'];

describe('a plan file by way of MCP', () => {
  let parent: string;
  let folder: string;
  let asr: ScriptedVllmServer;
  let connected: Connected;

  const writePlan = (name: string, plan: object | string): Promise<void> => {
    const text = typeof plan === 'string' ? plan : JSON.stringify({ name, ...plan });
    return writeFile(path.join(folder, 'plans', `${name}.rtplan.json`), text);
  };
  const run = (name: string, options = {}) =>
    connected.call('rtbench_run_plan', { plan: `plans/${name}.rtplan.json` }, options);
  const mine = (url = asr.url) => ({ id: 'mine', url });
  const quick = { datasets: ['../speech'], pacing: { mode: 'burst' } };

  before(async () => {
    parent = await realpath(await mkdtemp(path.join(os.tmpdir(), 'rtbench-mcp-')));
    folder = path.join(parent, 'folder');
    for (const name of ['.vscode', 'plans', 'speech']) {
      await mkdir(path.join(folder, name), { recursive: true });
    }
    await copyFile(speech, path.join(folder, 'speech', 'lights.flac'));
    await copyFile(speech, path.join(parent, 'outside.flac'));
    asr = await startScriptedVllmServer({ words, apiKey: peerKey });
    const endpoints = [
      { name: 'Team', url: asr.url },
      { name: 'Away', url: 'wss://asr.example.com' },
    ];
    const settings = JSON.stringify({ 'rtbench.endpoints': endpoints });
    await writeFile(path.join(folder, '.vscode', 'settings.json'), settings);
    connected = await connect([
      '--folder',
      folder,
      '--api-key-env',
      `${asr.url}=PEER_KEY`,
      '--api-key-env',
      'wss://asr.example.com=NOT_SET',
    ]);
  });
  after(async () => {
    await connected.client.close();
    await asr.close();
    await rm(parent, { recursive: true, maxRetries: 5 });
  });

  test('makes a run under each load, warms up, and is judged', async () => {
    await writePlan('nightly', {
      endpoints: ['Team', mine()],
      ...quick,
      profiles: [
        { kind: 'concurrent', sessions: 1 },
        { kind: 'concurrent', sessions: 2 },
      ],
      warmUp: 1,
      thresholds: ['ttft.p50 <= 60 s', 'ttft.p50 <= 0.001 ms'],
      outputFolder: '../nightly',
    });
    const told: string[] = [];
    const { text, isError } = await run('nightly', {
      onprogress: ({ message }: { message: string }) => told.push(message),
    });
    assert.equal(isError, false, text);
    const [first, ...lines] = text.split('\n');
    assert.equal(first, 'Plan "nightly", 2 of 2 runs: MISSED 4 of 8 thresholds.');
    const saved = lines.flatMap(
      (line) => /^Measured 2 of 2 .* Saved: (\S+)$/.exec(line)?.[1] ?? [],
    );
    assert.equal(saved.length, 2, text);
    assert.match(text, /^met: ttft\.p50<=60000 at Team: limit 60[^,]*, measured /m);
    assert.match(text, /^MISSED: ttft\.p50<=0\.001 at mine: limit /m);
    const files = await readdir(path.join(folder, 'nightly'));
    assert.equal(files.length, 2);
    for (const file of files) {
      const report = await readRunFile(path.join(folder, 'nightly', file));
      assert.equal(report.sessions.length, 2);
      assert.ok(!JSON.stringify(report.run).includes(peerKey));
    }
    assert.ok(!text.includes(peerKey));
    // A warm-up for each endpoint of each run came before.
    assert.equal(asr.connections.length, 8);
    assert.deepEqual(asr.violations, []);
    assert.deepEqual(told.at(0), 'Run 1 of 2: 0 of 2 sessions ended');
    assert.deepEqual(told.at(-1), 'Run 2 of 2: 2 of 2 sessions ended');
    const summary = await connected.call('rtbench_get_run_summary', { run: saved[0]! });
    assert.match(summary.text, /^MISSED 2 of 4 thresholds\.$/m);
  });

  test('looks for the capacity, and is judged by the run at it', async () => {
    const holding = await startServerThatHolds(1, { words });
    try {
      await writePlan('capacity', {
        endpoints: [mine(holding.url)],
        ...quick,
        profiles: [{ kind: 'find_capacity', sessions: 4 }],
        thresholds: ['ttft.p50 <= 60 s'],
        outputFolder: '../capacity',
      });
      const { text, isError } = await run('capacity');
      assert.equal(isError, false, text);
      const [first, outcome] = text.split('\n');
      assert.equal(first, 'Plan "capacity", 2 runs: Every threshold met (1).');
      assert.match(outcome!, /^Capacity of mine: 1 \(max_sustainable_streams\)\. With 2 at once: /);
      assert.match(text, /^Series: capacity: capacity up to 4 at once, run 2\.$/m);
    } finally {
      await holding.close();
    }
  });

  test('is listed with what it would send where, and what is wrong with others', async () => {
    await writePlan('costly', {
      endpoints: ['embedded', 'Away'],
      ...quick,
      repeats: 3,
      thresholds: ['wer <= 8 %'],
    });
    await writePlan('wrong', { endpoints: ['nobody'] });
    const { text } = await connected.call('rtbench_list_plans', {});
    assert.match(
      text,
      /^\| plans\/costly\.rtplan\.json \| costly \| embedded \(on this computer\); Away \(audio leaves this computer for asr\.example\.com\) \| 6 sessions, 0:\d\d of audio \| wer<=0\.08 \|$/m,
    );
    assert.match(text, /^! Cannot be run: plans\/wrong\.rtplan\.json: No endpoint "nobody"/m);
    const { text: one } = await connected.call('rtbench_list_plans', { limit: 1 });
    assert.match(one, /^1 of 4 plans\./);
  });

  test('gets no key by naming a variable: keys are bound to addresses', async () => {
    const stranger = await startScriptedVllmServer({ words });
    try {
      const endpoint = { ...mine(stranger.url), apiKeyEnv: 'PEER_KEY' };
      await writePlan('thief', { endpoints: [endpoint], ...quick });
      const { text, isError } = await run('thief');
      assert.equal(isError, false, text);
      assert.equal(stranger.upgrades.length, 1);
      assert.equal(stranger.upgrades[0]?.authorization, undefined);
    } finally {
      await stranger.close();
    }
  });

  test('keeps what was measured when the server goes half-way', async () => {
    // Of the first of two runs, each with two sessions, both answer.
    const going = await startScriptedVllmServer((connection) =>
      connection < 2 ? { words } : { words, cutAfterAppends: 1 },
    );
    const profile = { kind: 'concurrent', sessions: 1 };
    await writePlan('fragile', {
      endpoints: [mine(going.url)],
      ...quick,
      profiles: [profile, profile, profile],
      repeats: 2,
    });
    const { text, isError } = await run('fragile', {
      onprogress: ({ message }: { message: string }) => {
        if (message.startsWith('Run 2 of 3: 2 of')) void going.close();
      },
    });
    assert.equal(isError, false, text);
    assert.match(text, /^Measured 2 of 2 sessions; 0 failed or broke off\. Saved: file:/m);
    assert.match(text, /^Measured 2 of 2 sessions; 2 failed or broke off\. Saved: file:/m);
    assert.match(text, /^First failure: .+$/m);
  });

  test('is stopped: the run under way is kept, the next is not begun', async () => {
    await writePlan('long', {
      endpoints: [mine()],
      datasets: ['../speech'],
      profiles: [
        { kind: 'concurrent', sessions: 1 },
        { kind: 'concurrent', sessions: 2 },
      ],
      repeats: 20,
      outputFolder: '../long',
    });
    const stop = new AbortController();
    const running = run('long', {
      signal: stop.signal,
      onprogress: ({ message }: { message: string }) => {
        if (message.startsWith('Run 1 of 2: 1 of')) stop.abort();
      },
    });
    await assert.rejects(running);
    // The client waits for no answer any more: it stands in the server's log.
    await until(() => connected.said().includes('STOPPED after'), 'the words of the server');
    assert.match(
      connected.said(),
      /STOPPED after [12] of 20 sessions; .* Saved: file:\S+long\/long/,
    );
    const files = await readdir(path.join(folder, 'long'));
    assert.equal(files.length, 1);
    const { run: kept } = await readRunFile(path.join(folder, 'long', files[0]!));
    assert.equal(kept.info.partialBecause, 'cancelled');
  });

  const secret = 'sk-0123456789abcdef0123';
  const bad: [name: string, plan: object | string, message: RegExp][] = [
    ['no-json', '{ "name": "x", ', /^plans\/no-json\.rtplan\.json:1:\d+: The plan is not JSON: /],
    ['empty', '', /^plans\/empty\.rtplan\.json:1:1: The plan is not JSON/],
    ['incomplete', {}, /incomplete\.rtplan\.json:1:1: endpoints: /],
    ['newer', { format: 9, endpoints: ['embedded'] }, /has format 9; .* Update RTBench/],
    ['unknown', { endpoints: ['nobody'] }, /No endpoint "nobody" is configured: add it/],
    ['twice', { endpoints: ['embedded', 'embedded'] }, /is in the plan twice/],
    ['dialect', { endpoints: [{ ...{ id: 'a', url: 'ws://a' }, dialect: 'x' }] }, /dialect/],
    [
      'key',
      { endpoints: [{ id: 'a', url: 'ws://a', apiKey: secret }] },
      /"apiKey" looks like a secret.*Set API Key/,
    ],
    [
      'url',
      { endpoints: [{ id: 'a', url: `ws://u:${secret}@a` }] },
      /The address holds what looks like a secret/,
    ],
    [
      'metric',
      { endpoints: ['embedded'], thresholds: ['speed.p50 <= 1'] },
      /there is no metric "speed"/,
    ],
    [
      'limit',
      { endpoints: ['embedded'], thresholds: ['ttft.p50 < 1'] },
      /write a metric, .* "ttft\.p95<=1000"/i,
    ],
    ['profile', { endpoints: ['embedded'], textProfile: 'klingon' }, /klingon/],
    [
      'missing',
      { endpoints: ['embedded'], datasets: ['nothing'] },
      /missing\.rtplan\.json: There is no ".*nothing"/,
    ],
    [
      'outside',
      { endpoints: ['embedded'], datasets: ['../../outside.flac'] },
      /outside\.flac" lies outside of the folder/,
    ],
    [
      'starts',
      { endpoints: ['embedded'], profiles: [{ kind: 'trace', path: '../../outside.flac' }] },
      /outside\.flac" lies outside of the folder/,
    ],
    [
      'output',
      { endpoints: ['embedded'], outputFolder: '../../runs' },
      /runs" lies outside of the folder/,
    ],
    [
      'no-key',
      { endpoints: ['Away'], datasets: ['../speech'] },
      /environment variable NOT_SET, which is not set/,
    ],
    [
      'hostile',
      { endpoints: ['x|`[a](command:b)`\n<img src=x>'] },
      /No endpoint "x¦'\[a\] \(command:b\)' ‹img/,
    ],
  ];
  for (const [name, plan, message] of bad) {
    test(`is refused in one line, with nothing sent: ${name}`, async () => {
      await writePlan(name, plan);
      const connections = asr.connections.length;
      const { text, isError } = await run(name);
      assert.equal(isError, true, text);
      assert.match(text, message);
      assert.doesNotMatch(text, /\n/);
      assert.ok(!text.includes(secret), text);
      assert.equal(asr.connections.length, connections);
    });
  }

  const noPlans: [asked: string, message: RegExp][] = [
    ['no.rtplan.json', /There is no "no\.rtplan\.json" in the folder/],
    ['../outside.rtplan.json', /lies outside of the folder/],
    ['/etc/passwd', /lies outside of the folder/],
    ['speech/lights.flac', /is no plan file \(\.rtplan\.json\)/],
    ['speech', /is no plan file/],
    ['', /^Input of rtbench_run_plan is not usable: plan: .* Its members: plan\.$/],
  ];
  for (const [asked, message] of noPlans) {
    test(`is asked for in vain: ${JSON.stringify(asked)}`, async () => {
      const { text, isError } = await connected.call('rtbench_run_plan', { plan: asked });
      assert.equal(isError, true);
      assert.match(text, message);
      assert.doesNotMatch(text, /\n/);
    });
  }
});
