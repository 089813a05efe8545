import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { sessionsAtOnce } from '../../src/plan/loadLimits.ts';
import { readRunFile } from '../../src/runfile/readRunFile.ts';
import { runCli, shortSpeech } from '../support/runCli.ts';
import { startScriptedVllmServer } from '../support/scriptedVllmServer.ts';

let directory: string;
before(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'rtbench-plan-'));
});
after(() => rm(directory, { recursive: true }));

async function writePlan(name: string, plan: object): Promise<string> {
  const file = path.join(directory, `${name}.rtplan.json`);
  await writeFile(file, `// ${name}\n${JSON.stringify({ name, ...plan })}`);
  return file;
}

const words = ['please', 'turn', 'off', 'the', 'lights'];

test('a plan is run under each of its profiles, after warming up', async () => {
  const server = await startScriptedVllmServer({ words });
  const plan = await writePlan('Nightly', {
    endpoints: [{ id: 'local', url: server.url }],
    datasets: [shortSpeech],
    profiles: [
      { kind: 'concurrent', sessions: 1 },
      { kind: 'concurrent', sessions: 2 },
    ],
    pacing: { speed: 10 },
    warmUp: 1,
    thresholds: ['ttft.p50 <= 60 s'],
    outputFolder: 'nightly',
  });
  const { code, stdout, stderr } = await runCli(['run', plan, '--json']);
  await server.close();
  assert.equal(code, 0, stderr);
  const documents = JSON.parse(stdout) as { run: { title: string }; thresholds: object[] }[];
  assert.equal(documents.length, 2);
  assert.equal(documents[0]?.thresholds.length, 1);
  const folder = path.join(directory, 'nightly');
  const files = (await readdir(folder)).sort();
  assert.equal(files.length, 2);
  const reports = await Promise.all(files.map((file) => readRunFile(path.join(folder, file))));
  assert.deepEqual(
    reports.map(({ run }) => [sessionsAtOnce(run.plan.load), run.sessions.length, run.plan.warmUp]),
    [
      [1, 1, 1],
      [2, 1, 1],
    ],
  );
  // One to warm up and one to measure, twice.
  assert.equal(server.connections.length, 4);
});

test('an open load starts sessions whatever the server does, and is run again as it was', async () => {
  const server = await startScriptedVllmServer({ words });
  const plan = await writePlan('Open', {
    endpoints: [{ id: 'local', url: server.url }],
    datasets: [shortSpeech],
    profiles: [{ kind: 'constant', perSecond: 20 }],
    pacing: { speed: 10 },
    repeats: 4,
    thresholds: ['ttft.p95 <= 60 s', 'goodput_ratio >= 100 %'],
    outputFolder: 'open',
  });
  const measured = await runCli(['run', plan, '--quiet']);
  assert.equal(measured.code, 0, measured.stderr);
  const folder = path.join(directory, 'open');
  const [name] = await readdir(folder);
  const file = path.join(folder, name!);
  const { run } = await readRunFile(file);
  const traces = run.sessions
    .map(({ trace }) => trace)
    .toSorted((a, b) => a.scheduledStartUs - b.scheduledStartUs);
  const first = traces[0]!;
  assert.deepEqual(
    traces.map(({ scheduledStartUs }) => scheduledStartUs - first.scheduledStartUs),
    [0, 50_000, 100_000, 150_000],
  );
  // Each takes longer than all starts: none has waited for another.
  assert.ok(traces.every(({ connection }) => connection.startUs < first.connection.closeUs!));
  assert.ok(traces.every((trace) => trace.connection.startUs >= trace.scheduledStartUs - 1000));
  const shown = await runCli(['show', file]);
  assert.match(shown.stdout, /chunks of 100 ms, 20 per second$/m);
  assert.match(shown.stdout, /^Start delay +ms +\d/m);
  assert.match(shown.stdout, /^Goodput .* within all thresholds, 100\.0 % of all$/m);
  assert.match(shown.stdout, /^met +goodput_ratio>=1 /m);

  const again = path.join(directory, 'again.rtbench.json');
  await runCli(['run', file, '--out', again, '--quiet']);
  assert.deepEqual((await readRunFile(again)).run.plan.load, run.plan.load);
  const closed = path.join(directory, 'closed.rtbench.json');
  await runCli(['run', file, '--concurrency', '2', '--out', closed, '--quiet']);
  await server.close();
  assert.doesNotMatch((await runCli(['show', closed])).stdout, /Start delay/);
  const { load } = (await readRunFile(closed)).run.plan;
  assert.deepEqual(load, { kind: 'concurrent', sessions: 2 });
});

test('endpoints are found by name in the settings of the folder around', async () => {
  const server = await startScriptedVllmServer({ words });
  const settings = path.join(directory, '.vscode', 'settings.json');
  await mkdir(path.dirname(settings), { recursive: true });
  const endpoints = [{ name: 'Ours', url: server.url, dialect: 'vllm-realtime' }];
  await writeFile(settings, `// ours\n${JSON.stringify({ 'rtbench.endpoints': endpoints })}`);
  const plan = await writePlan('Named', {
    endpoints: ['Ours'],
    datasets: [shortSpeech],
    pacing: { speed: 10 },
  });
  const { code, stdout, stderr } = await runCli(['run', plan, '--quiet']);
  await server.close();
  await rm(settings);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /Ours: 1 sessions: 1 success/);
});

test('a missed threshold is told by the exit code', async () => {
  const server = await startScriptedVllmServer({ words });
  const plan = await writePlan('Strict', {
    endpoints: [{ id: 'local', url: server.url }],
    datasets: [shortSpeech],
    pacing: { speed: 10 },
    thresholds: ['ttft.p50 <= 0.001 ms'],
  });
  const [junit, summary] = ['verdict.xml', 'summary.md'].map((name) => path.join(directory, name));
  await writeFile(summary!, '# Before\n');
  const verdicts = ['--junit', junit!, '--summary', summary!];
  const { code, stdout } = await runCli(['run', plan, '--quiet', ...verdicts]);
  await server.close();
  assert.match(await readFile(junit!, 'utf8'), /<testsuite name="Strict" tests="2" failures="1"/);
  assert.match(await readFile(summary!, 'utf8'), /^# Before\n## RTBench: .*1 of 1 thresholds/);
  assert.equal(code, 1);
  assert.match(stdout, /MISSED +ttft\.p50<=0\.001/);
});

test('a plan that cannot be read names the place', async () => {
  const plan = await writePlan('Wrong', { endpoints: [] });
  const { code, stderr } = await runCli(['run', plan]);
  assert.equal(code, 2);
  assert.match(stderr, /Wrong\.rtplan\.json:2:\d+: endpoints: /);
  const several = await writePlan('Several', {
    endpoints: ['embedded'],
    datasets: ['bundled', 'bundled'],
  });
  const refused = await runCli(['run', several, '--out', 'x.rtbench.json']);
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /2 runs.*--out/);
});
