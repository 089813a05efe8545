import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { figuresHold, parseRunFile, readRunFile } from '../../../src/runfile/readRunFile.ts';
import { reportRun } from '../../../src/runfile/runReport.ts';
import type { Run } from '../../../src/runfile/run.ts';
import type { FileRun, FileSession } from '../../../src/runfile/runSchema.ts';
import type { FileSummary } from '../../../src/runfile/summarySchema.ts';
import { runFileText, writeRunFile } from '../../../src/runfile/writeRunFile.ts';
import { exampleRun, exampleSession, exampleUtterance } from '../../support/exampleRun.ts';
import { goldenSession } from '../../support/goldenSession.ts';

let directory: string;
before(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'rtbench-run-'));
});
after(() => rm(directory, { recursive: true }));

function textOf(run: Run): string {
  return [...runFileText(reportRun(run), '/data')].join('');
}

/** The text of the example with the value at a path of keys replaced; undefined removes it. */
function damaged(value: unknown, ...keys: string[]): string {
  const json: unknown = JSON.parse(textOf(exampleRun()));
  const last = keys.pop()!;
  let holder = json as Record<string, unknown>;
  for (const key of keys) holder = holder[key] as Record<string, unknown>;
  holder[last] = value;
  return JSON.stringify(json);
}

test('a run comes back from its file as it was', async () => {
  const file = path.join(directory, 'same.rtbench.json');
  const run = exampleRun();
  await writeRunFile(file, run);
  const report = await readRunFile(file);
  assert.deepEqual(report.run, run);
  assert.deepEqual(report.warnings, []);
});

test('saving what was read gives the same bytes, and leaves nothing else behind', async () => {
  const folder = path.join(directory, 'twice');
  await mkdir(folder);
  const file = path.join(folder, 'a.rtbench.json');
  await writeRunFile(file, exampleRun());
  const first = await readFile(file, 'utf8');
  await writeRunFile(file, (await readRunFile(file)).run);
  assert.equal(await readFile(file, 'utf8'), first);
  assert.deepEqual(await readdir(folder), ['a.rtbench.json']);
});

test('a file from before proxies were recorded was measured without one', () => {
  const older = damaged(undefined, 'environment', 'proxy');
  assert.ok(!older.includes('"proxy"'));
  assert.equal(parseRunFile(older, '/data').run.environment.proxy, null);
  const through = damaged('http://proxy:3128', 'environment', 'proxy');
  assert.equal(parseRunFile(through, '/data').run.environment.proxy, 'http://proxy:3128');
});

test('a session takes one line', () => {
  const sessions = [1, 2, 3].map((n) => exampleSession({ id: `s0000${n}` }));
  const lines = textOf(exampleRun({ sessions })).split('\n');
  assert.equal(lines.filter((line) => line.startsWith('  {"id":"s0000')).length, 3);
});

test('audio is found again after the folder with it was moved', async () => {
  const here = path.join(directory, 'here');
  await mkdir(here);
  const audioPath = path.join(here, 'clips', 'hello.wav');
  const run = exampleRun({ utterances: [exampleUtterance({ audioPath })] });
  await writeRunFile(path.join(here, 'r.rtbench.json'), run);
  const there = path.join(directory, 'there');
  await rename(here, there);
  const report = await readRunFile(path.join(there, 'r.rtbench.json'));
  assert.equal(report.run.utterances[0]?.audioPath, path.join(there, 'clips', 'hello.wav'));
});

test('a file that would be too large loses traces of completed sessions, and says so', async () => {
  const file = path.join(directory, 'large.rtbench.json');
  const failed = goldenSession();
  failed.failure = { atUs: 1_700_000, reason: 'server_error', code: null, message: 'It broke.' };
  const sessions = [
    exampleSession({ id: 's1' }),
    exampleSession({ id: 's2', trace: failed }),
    exampleSession({ id: 's3' }),
  ];
  const whole = await writeRunFile(file, exampleRun({ sessions }));
  const mostBytes = Buffer.byteLength(JSON.stringify(whole.sessions)) - 100;
  const written = await writeRunFile(file, exampleRun({ sessions }), { mostBytes });
  assert.match(written.warnings.join(), /traces of 1 sessions were left out/);
  const read = await readRunFile(file);
  assert.deepEqual(
    read.sessions.map(({ trace }) => trace !== null),
    [true, true, false],
  );
  assert.deepEqual(read.summary, whole.summary);
  assert.match(read.warnings.join(), /no traces of 1 sessions/);
});

test('figures that do not follow from the traces are noticed', () => {
  const text = textOf(exampleRun()).replace('"ttft":429.6', '"ttft":29.6');
  const report = parseRunFile(text, '/data/r.rtbench.json');
  assert.match(report.warnings.join(), /differ from those that the traces give/);
  assert.equal(report.sessions[0]?.figures.metrics.ttft, 429.6);
});

test('a metric that another version added or left out is no other figure', () => {
  const [{ metrics, run, ...rest }] = reportRun(exampleRun()).summary as [FileSummary];
  const { start_delay: added, ...older } = metrics;
  const { saturation, ...olderRun } = run;
  assert.ok(added && saturation === null);
  const fewer = withFigures({ ...rest, metrics: older, run: olderRun }, (all) =>
    Object.fromEntries(Object.entries(all).filter(([id]) => id !== 'start_delay')),
  );
  const more = withFigures(
    { ...rest, metrics: { ...metrics, of_later: added }, run: { ...run, later: 1 } },
    (kept) => ({ ...kept, of_later: 1 }),
  );
  for (const text of [fewer, more]) {
    assert.notEqual(
      text,
      withFigures({ ...rest, metrics, run }, (kept) => kept),
    );
    const report = parseRunFile(text, '/data/r.rtbench.json');
    assert.deepEqual(report.warnings, []);
    assert.equal(report.sessions[0]?.figures.metrics.start_delay, 0);
    assert.ok(report.summary[0]?.metrics.start_delay && !report.summary[0].metrics.of_later);
    assert.ok(figuresHold(parseRunFile(text, '/data/r.rtbench.json', 'stored')));
    const changed = parseRunFile(text.replace('"ttft":429.6', '"ttft":29.6'), '/data/r');
    assert.match(changed.warnings.join(), /differ from those that the traces give/);
  }
});

/** The example's text with another summary, and other figures of its session. */
function withFigures(
  summary: FileSummary,
  change: (metrics: Record<string, unknown>) => Record<string, unknown>,
): string {
  const json = JSON.parse(damaged([summary], 'summary')) as FileRun;
  const [{ figures, ...session }] = json.sessions as [FileSession];
  const metrics = change(figures.metrics);
  return JSON.stringify({ ...json, sessions: [{ ...session, figures: { ...figures, metrics } }] });
}

test('says where and why a file is not a run file', () => {
  const cases: [text: string, problem: RegExp][] = [
    ['', /r\.rtbench\.json is not JSON/],
    [textOf(exampleRun()).slice(0, 2000), /r\.rtbench\.json is not JSON: .*position/],
    ['[]', /no number "format"/],
    ['{"format":2}', /format 2; this version of RTBench reads format 1\. Update/],
    [damaged(0, 'format'), /: format: /],
    [damaged(undefined, 'plan'), /: plan: /],
    [
      damaged('x', 'sessions', '0', 'trace', 'audio', 'sampleRateHz'),
      /: sessions\[0\]\.trace\.audio\.sampleRateHz: /,
    ],
    [damaged([1], 'sessions', '0', 'trace', 'chunks', 'lateUs'), /sessions\[0\]: trace\.chunks\./],
    [damaged('x', 'sessions', '0', 'utteranceId'), /sessions\[0\]\.utteranceId: no utterance "x"/],
    [damaged('x', 'sessions', '0', 'endpointId'), /sessions\[0\]\.endpointId: no endpoint "x"/],
  ];
  for (const [text, problem] of cases) {
    assert.throws(() => parseRunFile(text, 'r.rtbench.json'), problem);
  }
});

test('an unreadable and an unwritable file are named', async () => {
  const nowhere = path.join(directory, 'no', 'r.rtbench.json');
  await assert.rejects(readRunFile(nowhere), { reason: 'not_readable', message: /no.r\.rtbench/ });
  await assert.rejects(writeRunFile(nowhere, exampleRun()), { reason: 'not_writable' });
  const folder = path.join(directory, 'occupied');
  await writeFile(folder, '');
  await assert.rejects(writeRunFile(path.join(folder, 'r'), exampleRun()), {
    reason: 'not_writable',
  });
});

test('warns of languages that an endpoint does not know', () => {
  const metadata = { language: 'en' };
  const endpoints = [{ id: 'local', url: 'embedded', model: null, metadata }];
  const utterances = [exampleUtterance(), exampleUtterance({ id: 'nihao', language: 'zh' })];
  const { warnings } = reportRun(exampleRun({ endpoints, utterances }));
  assert.match(warnings.join(), /"local" knows only en; 1 of the utterances .* nihao/);
});
