import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { PlanResults } from '../../src/lsp/planResults.ts';
import { parsePlanFile } from '../../src/planfile/parsePlanFile.ts';
import { sessionsAtOnce } from '../../src/plan/loadLimits.ts';
import { readRunFile } from '../../src/runfile/readRunFile.ts';
import type { Run } from '../../src/runfile/run.ts';
import { runCli, shortSpeech } from '../support/runCli.ts';
import { startScriptedVllmServer } from '../support/scriptedVllmServer.ts';
import { startServerThatHolds } from '../support/serverThatHolds.ts';

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

test('a load grows, or repeats starts of a file that moves with the run', async () => {
  const server = await startScriptedVllmServer({ words });
  const starts = path.join(directory, 'monday.csv');
  await writeFile(starts, '# seconds\n10\n10.05\n10.2\n');
  const plan = await writePlan('Loads', {
    endpoints: [{ id: 'local', url: server.url }],
    datasets: [shortSpeech],
    profiles: [
      { kind: 'trace', path: 'monday.csv', timeScale: 2 },
      { kind: 'ramp', of: 'perSecond', from: 10, to: 40, overSeconds: 1 },
      { kind: 'ramp', of: 'sessions', from: 1, to: 3, overSeconds: 0.3, shape: 'exponential' },
    ],
    pacing: { speed: 10 },
    repeats: 4,
    outputFolder: 'loads',
  });
  const measured = await runCli(['run', plan, '--quiet']);
  await server.close();
  assert.equal(measured.code, 0, measured.stderr);
  const folder = path.join(directory, 'loads');
  const runs = new Map<string, Run>();
  for (const name of await readdir(folder)) {
    const { run } = await readRunFile(path.join(folder, name));
    runs.set(run.info.title, run);
  }
  const recorded = runs.get('Loads, kitchen-lights, starts of monday.csv, time × 2')!;
  // Two steps of 100 and 300 ms, and from 600 ms on once more.
  assert.deepEqual(startsMs(recorded), [0, 100, 400, 600]);
  assert.deepEqual(recorded.plan.load, { kind: 'trace', path: starts, timeScale: 2 });
  const rising = startsMs(runs.get('Loads, kitchen-lights, 10 to 40 per second over 1 s')!);
  // 10 t + 15 t² = i
  const expected = [0, 1, 2, 3].map((i) => ((Math.sqrt(100 + 60 * i) - 10) / 30) * 1000);
  assert.ok(
    rising.every((ms, i) => Math.abs(ms - expected[i]!) < 0.01),
    String(rising),
  );
  const users = runs.get('Loads, kitchen-lights, 1 to 3 at once over 0.3 s, exponentially')!;
  assert.equal(users.sessions.length, 4);
  const shown = await runCli(['show', await fileOf(folder, '1-to-3')]);
  assert.match(shown.stdout, /1 to 3 at once over 0\.3 s, exponentially$/m);
});

/** When sessions were to start, from the first of them. */
function startsMs({ sessions }: Run): number[] {
  const us = sessions.map(({ trace }) => trace.scheduledStartUs).toSorted((a, b) => a - b);
  return us.map((each) => (each - us[0]!) / 1000);
}

async function fileOf(folder: string, part: string): Promise<string> {
  const name = (await readdir(folder)).find((each) => each.includes(part));
  return path.join(folder, name!);
}

test('a search for the capacity ends at the sessions that the server holds', async () => {
  // Turns the fourth session away.
  const server = await startServerThatHolds(3, { words });
  const plan = await writePlan('Holds', {
    endpoints: [{ id: 'local', url: server.url }],
    datasets: [shortSpeech],
    profiles: [{ kind: 'find_capacity', sessions: 16 }],
    // A busy computer that sends late holds nothing.
    pacing: { mode: 'burst' },
    thresholds: ['ttft.p50 <= 20 s'],
    outputFolder: 'holds',
  });
  const [junit, summary] = ['holds.xml', 'holds.md'].map((name) => path.join(directory, name));
  const verdicts = ['--junit', junit!, '--summary', summary!];
  const { code, stdout, stderr } = await runCli(['run', plan, '--quiet', ...verdicts]);
  await server.close();
  assert.equal(code, 0, stderr);
  const found = /Capacity of local: 3 \(max_sustainable_streams\)\. With 4 at once: error_rate was/;
  assert.match(stdout, found);
  assert.match(await readFile(summary!, 'utf8'), /^> <code>Capacity of local/m);
  // Only the run with three at once passes or fails.
  const suites = (await readFile(junit!, 'utf8')).match(/<testsuite name="[^"]*"/g);
  assert.deepEqual(suites, ['<testsuite name="Holds, 3 at once"']);
  const folder = path.join(directory, 'holds');
  const results = await new PlanResults().of(
    parsePlanFile(await readFile(plan, 'utf8'), plan),
    directory,
  );
  assert.deepEqual(
    results.map(({ title, file }) => [title, path.dirname(file)]),
    [['Holds', folder]],
  );
  const { run } = await readRunFile(results[0]!.file);
  assert.deepEqual(run.plan.load, { kind: 'concurrent', sessions: 3 });
  assert.equal(run.plan.repeats, 6);
  const shown = await runCli(['show', results[0]!.file]);
  assert.match(shown.stdout, /^Series +Holds: capacity up to 16 at once, run 4$/m);
  assert.deepEqual(run.info.series?.profile, { kind: 'find_capacity', sessions: 16 });
  assert.equal((await readdir(folder)).length, 4);
});

test('a sweep goes from one session to many, and through rates between', async () => {
  const server = await startScriptedVllmServer({ words });
  const plan = await writePlan('Sweep', {
    endpoints: [{ id: 'local', url: server.url }],
    datasets: [shortSpeech],
    profiles: [{ kind: 'sweep', sessions: 3, levels: 1 }],
    pacing: { speed: 10 },
    outputFolder: 'sweep',
  });
  const { code, stdout, stderr } = await runCli(['run', plan, '--quiet', '--json']);
  await server.close();
  assert.equal(code, 0, stderr);
  assert.match(stderr, /^Sweep of local: .* with 3 at once; 1 rate between\.$/m);
  const documents = JSON.parse(stdout) as { run: { title: string } }[];
  const titles = documents.map((one) => one.run.title);
  assert.match(titles.join('; '), /^Sweep, 1 at once; Sweep, 3 at once; Sweep, [\d.]+ per second$/);
});

test('options that name a load make one run of a series', async () => {
  const server = await startScriptedVllmServer({ words });
  const plan = await writePlan('Once', {
    endpoints: [{ id: 'local', url: server.url }],
    datasets: [shortSpeech],
    profiles: [{ kind: 'sweep', sessions: 3 }],
    pacing: { speed: 10 },
    outputFolder: 'once',
  });
  const { code, stderr } = await runCli(['run', plan, '--quiet', '--concurrency', '2']);
  await server.close();
  assert.equal(code, 0, stderr);
  assert.equal((await readdir(path.join(directory, 'once'))).length, 1);
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
